// The lists an office opens all day, asked through the Data API's whole envelope (role, claims, row level security), against
// the very same query by the owner of the tables, whom no policy stops, with the tenant written into it.

import type postgres from 'postgres'
import { median, onOwnServer, type Options, type Result } from './measure.ts'

const TENANTS = 200
const SUBSCRIBERS = 5_000
const ROUNDS = 40
const PAGE = 50

type Query = { name: string; text: string }

/** As the screens ask: a page with its columns, and the count beside it. `tenant` is empty where the wall says it. */
function queries(tenant: string): Array<Query> {
  const own = (conditions: string) => [tenant, conditions].filter(Boolean).join(' and ') || 'true'
  const subscriber =
    'id, account_no, name, phone, barangay, purok, status, plan_names, balance_minor, credit_minor, oldest_due_on, days_past_due, paid_until, route_name'
  const invoice =
    'id, number, state, subscriber_id, subscriber_name, account_no, period, issued_on, due_on, net_minor, vat_minor, total_minor, balance_minor, days_past_due, run_id'
  const payment =
    'id, receipt_number, subscriber_id, subscriber_name, account_no, method, channel, reference, amount_minor, allocated_minor, received_at, received_by, received_by_name, stage'
  const aDay = `received_at >= '2026-11-10T00:00:00+08:00' and received_at < '2026-11-11T00:00:00+08:00'`
  return [
    {
      name: 'subscribers by name',
      text: `select ${subscriber} from api.subscribers where ${own('')} order by name, id limit ${PAGE}`,
    },
    {
      name: 'subscribers behind a row, the ids',
      text: `select id, name from api.subscribers where ${own(`name > 'Subscriber 4'`)} order by name, id limit ${PAGE}`,
    },
    {
      name: 'subscribers counted',
      text: `select count(*) from api.subscribers where ${own('')}`,
    },
    {
      name: 'subscribers searched',
      text: `select ${subscriber} from api.subscribers where ${own(`search_text ilike '%er 412%'`)} order by name, id limit ${PAGE}`,
    },
    {
      name: 'overdue subscribers counted',
      text: `select count(*) from api.subscribers where ${own('days_past_due > 0')}`,
    },
    {
      name: 'open invoices',
      text: `select ${invoice} from api.invoices where ${own(`state = 'open'`)} order by issued_on desc, id desc limit ${PAGE}`,
    },
    {
      name: 'open invoices counted',
      text: `select count(*) from api.invoices where ${own(`state = 'open'`)}`,
    },
    {
      name: 'payments of a day',
      text: `select ${payment} from api.payments where ${own(aDay)} order by received_at desc, id desc limit ${PAGE}`,
    },
    {
      name: 'payments of a day counted',
      text: `select count(*) from api.payments where ${own(aDay)}`,
    },
  ]
}

export async function measure({ scale, say }: Options): Promise<Result> {
  const tenants = Math.max(2, Math.round(TENANTS * scale))
  return onOwnServer(async ({ adminUrl, open }) => {
    await seed(open(1, adminUrl), tenants)
    return compare(open, tenants, say)
  })
}

/** Both sides in turns, a tenant further in each round. */
async function compare(
  open: () => postgres.Sql,
  tenants: number,
  say: Options['say'],
): Promise<Result> {
  // As the Data API is connected: a session of its own for the people, another for the owner.
  const walled = open()
  const bare = open()
  const staff = await bare<Array<{ tenant_id: string; claims: string }>>`
    select m.tenant_id, jsonb_build_object('role', 'authenticated', 'sub', m.user_id, 'tenant_id', m.tenant_id, 'actor', 'member',
      'actor_id', m.id, 'actor_version', m.version)::text as claims
    from access.members as m order by m.tenant_id
  `
  const times = new Map<string, { walled: Array<number>; bare: Array<number> }>()
  const timesOf = (name: string) => {
    const known = times.get(name) ?? { walled: [], bare: [] }
    times.set(name, known)
    return known
  }

  for (let round = -3; round < ROUNDS; round += 1) {
    const person = staff[(round + 3) % Math.min(staff.length, tenants)]
    if (!person) throw new Error('There is nobody to ask')
    const [asked, plain] = [queries(''), queries(`tenant_id = '${person.tenant_id}'`)]
    // What a view itself asks of the token (today, names of colleagues) is part of the query, not of the wall.
    await bare`select set_config('request.jwt.claims', ${person.claims}, false)`

    for (const [at, { name, text }] of asked.entries()) {
      const bareText = plain[at]?.text ?? ''
      const sides = {
        walled: () => ask(walled, text, person.claims),
        bare: () => askPlainly(bare, bareText),
      }
      // Whoever asks first finds the pages of this tenant cold, so they take turns at it too.
      const order = round % 2 === 0 ? (['walled', 'bare'] as const) : (['bare', 'walled'] as const)
      const answers = new Map<string, string>()
      for (const side of order) {
        const { rows, milliseconds } = await timed(sides[side])
        answers.set(side, JSON.stringify(rows))
        if (round >= 0) timesOf(name)[side].push(milliseconds)
      }
      if (answers.get('walled') !== answers.get('bare'))
        throw new Error(`${name}: the two sides answer differently`)
    }
  }

  const details: Result['details'] = { tenants, subscribers: tenants * SUBSCRIBERS }
  const ratios: Array<number> = []
  for (const [name, { walled: ours, bare: theirs }] of times) {
    const ratio = median(ours) / median(theirs)
    ratios.push(ratio)
    details[name] =
      `${median(ours).toFixed(2)} ms, bare ${median(theirs).toFixed(2)} ms, ratio ${ratio.toFixed(2)}`
    say(`  ${name}: ${details[name]}`)
  }
  return { name: 'rls', ratio: median(ratios), target: 1.15, details }
}

async function timed(work: () => Promise<unknown>) {
  const start = performance.now()
  const rows = await work()
  return { milliseconds: performance.now() - start, rows }
}

/** The envelope as the Data API sends it: one transaction, one statement that says who asks, one that asks. */
function ask(sql: postgres.Sql, text: string, claims: string) {
  return sql.begin('read only', async (transaction) => {
    await transaction`
      select set_config('search_path', 'api', true), set_config('role', 'authenticated', true),
        set_config('request.jwt.claims', ${claims}, true), set_config('request.method', 'GET', true),
        set_config('request.path', '/', true), set_config('request.headers', '{}', true)
    `
    return transaction.unsafe(text, [], { prepare: true })
  })
}

function askPlainly(sql: postgres.Sql, text: string) {
  return sql.begin('read only', (transaction) => transaction.unsafe(text, [], { prepare: true }))
}

/** As the platform's superuser without triggers: how rows came to be is not what is measured. */
async function seed(sql: postgres.Sql, tenants: number) {
  await sql`set session_replication_role = replica`
  await sql`set maintenance_work_mem = '512MB'`
  await sql`
    insert into tenancy.tenants (slug, trade_name, legal_name)
    select 'isp-' || n, 'ISP ' || n, 'ISP ' || n || ' Inc.' from generate_series(1, ${tenants}) as n
  `
  await sql`insert into tenancy.billing_settings (tenant_id, first_period_on) select id, '2026-01-01' from tenancy.tenants`
  await sql`
    insert into access.roles (tenant_id, name, preset, home) select id, 'Cashier', 'cashier', 'office' from tenancy.tenants
  `
  await sql`
    insert into access.role_permissions (tenant_id, role_id, permission)
    select r.tenant_id, r.id, p from access.roles as r cross join access.preset_permissions('cashier') as p
  `
  await sql`
    insert into access.members (tenant_id, user_id, full_name, role_id)
    select r.tenant_id, gen_random_uuid(), 'Marites Velez', r.id from access.roles as r
  `
  await sql`
    insert into places.barangays (tenant_id, name, municipality)
    select t.id, 'Barangay ' || n, 'Cagayan de Oro' from tenancy.tenants as t cross join generate_series(1, 10) as n
  `
  await sql`
    insert into catalog.plans (tenant_id, name, billing_mode, down_mbps, up_mbps)
    select id, 'Fiber 100', 'postpaid', 100, 50 from tenancy.tenants
  `
  await sql`create temporary table people as
    select t.id as tenant_id, n, gen_random_uuid() as id, gen_random_uuid() as subscription_id, gen_random_uuid() as invoice_id,
      gen_random_uuid() as payment_id, b.ids[1 + n % 10] as barangay_id
    from tenancy.tenants as t
    join (select tenant_id, array_agg(id) as ids from places.barangays group by 1) as b on b.tenant_id = t.id
    cross join generate_series(1, ${SUBSCRIBERS}) as n
  `
  const indexes = await setIndexesAside(sql)
  await sql`
    insert into service.subscribers (tenant_id, id, account_no, name, phone, barangay_id, purok, created_at, updated_at)
    select tenant_id, id, lpad(n::text, 6, '0'), 'Subscriber ' || (n * 7919) % ${SUBSCRIBERS}, '0917 555 0000', barangay_id,
      'Purok ' || n % 9, now(), now()
    from people
  `
  await sql`
    insert into service.subscriptions (tenant_id, id, subscriber_id, billing_mode, state, activated_on, created_at, updated_at)
    select tenant_id, subscription_id, id, 'postpaid', 'active', '2025-06-01', now(), now() from people
  `
  await sql`
    insert into service.subscription_terms (tenant_id, id, subscription_id, plan_id, price_minor, valid)
    select p.tenant_id, gen_random_uuid(), p.subscription_id, f.id, 129900, daterange('2025-06-01', null)
    from people as p join catalog.plans as f on f.tenant_id = p.tenant_id
  `
  await sql`
    insert into ledger.accounts (tenant_id, id, code, name, class, owner_kind, owner_id)
    select p.tenant_id, gen_random_uuid(), c.code, c.name, c.class, c.owner_kind, p.id
    from people as p cross join ledger.chart() as c where c.owner_kind = 'subscriber'
  `
  await sql`
    insert into ledger.balances (tenant_id, account_id, amount_minor)
    select a.tenant_id, a.id, -5000 from ledger.accounts as a where a.code = 'subscriber_credit' and hashtext(a.id::text) % 10 = 0
  `
  // One invoice each; every third is open, and what the others paid came over thirty days.
  await sql`
    insert into billing.invoices (tenant_id, id, subscriber_id, state, serial, number, period, issued_on, due_on, regime, rate_bp,
      net_minor, vat_minor, total_minor, balance_minor, created_at)
    select tenant_id, invoice_id, id, case when n % 3 = 0 then 'open' else 'paid' end, n, 'INV-' || lpad(n::text, 6, '0'), '2026-11-01',
      date '2026-10-01' + n % 28, date '2026-10-10' + n % 28, 'vat', 1200, 115982, 13918, 129900,
      case when n % 3 = 0 then 129900 else 0 end, now()
    from people
  `
  await sql`
    insert into collections.payments (tenant_id, id, subscriber_id, method, channel, amount_minor, received_at, recorded_at, request_hash)
    select tenant_id, payment_id, id, 'cash', 'counter', 129900, timestamptz '2026-11-01T08:00:00+08:00' + make_interval(days => n / 3 % 30, mins => n % 480),
      now(), '\\x00'
    from people where n % 3 <> 0
  `
  await sql`
    insert into collections.receipts (tenant_id, id, payment_id, number, serial, created_at)
    select tenant_id, gen_random_uuid(), payment_id, 'R-' || lpad(n::text, 6, '0'), n, now() from people where n % 3 <> 0
  `
  await sql`
    insert into collections.allocations (tenant_id, id, invoice_id, payment_id, amount_minor, created_at)
    select tenant_id, gen_random_uuid(), invoice_id, payment_id, 129900, now() from people where n % 3 <> 0
  `
  await sql`
    insert into places.routes (tenant_id, name) select id, 'Route 1' from tenancy.tenants
  `
  await sql`
    insert into places.route_stops (tenant_id, id, route_id, subscriber_id, position)
    select p.tenant_id, gen_random_uuid(), r.id, p.id, p.n from people as p join places.routes as r on r.tenant_id = p.tenant_id where p.n % 2 = 0
  `
  for (const index of indexes) await sql.unsafe(index)
  await sql`vacuum analyze`
}

/** Building an index at the end is many times faster than keeping it up row by row. Those of constraints stay. */
async function setIndexesAside(sql: postgres.Sql): Promise<Array<string>> {
  const found = await sql<Array<{ name: string; definition: string }>>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index as i join pg_class as c on c.oid = i.indrelid
    where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('service', 'billing', 'collections', 'ledger', 'places')
      and not exists (select from pg_constraint as k where k.conindid = i.indexrelid)
  `
  for (const { name } of found) await sql.unsafe(`drop index ${name}`)
  return found.map(({ definition }) => definition)
}
