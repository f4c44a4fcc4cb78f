// The billing run of many tenants against a bare INSERT … SELECT of the very same invoice and line rows
// into tables with the same keys, indexes and checks. The run also computes them, numbers them, posts them
// to the ledger, proves each posting and keeps the balances.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { bootstrap } from '../../supabase/local/bootstrap.ts'
import { applyMigrations } from '../../supabase/local/migrate.ts'
import { ADMIN, createDatabase, startPostgres } from '../../supabase/local/postgres.ts'
import { freePort } from '../db/server.ts'
import { median, type Options, type Result } from './measure.ts'

const TENANTS = 200
const SUBSCRIPTIONS = 500
const ROUNDS = 5
const FIRST_MONTH = 2026 * 12

export async function measure({ scale, say }: Options): Promise<Result> {
  const tenants = Math.max(1, Math.round(TENANTS * scale))
  const folder = await mkdtemp(path.join(tmpdir(), 'linyada-bench-'))
  const server = await startPostgres({
    folder: path.join(folder, 'postgres'),
    port: await freePort(),
    disposable: true,
  })
  try {
    await bootstrap(server.url('postgres', ADMIN))
    await createDatabase(server, 'bench')
    await bootstrap(server.url('bench', ADMIN))
    await applyMigrations(server.url('bench'))
    await seed(server.url('bench', ADMIN), tenants)

    const sql = postgres(server.url('bench'), { max: 1, onnotice: () => {} })
    await copyTables(sql)
    const rounds: Array<{ run: number; bare: number }> = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const period = month(round)
      await sql`select set_config('linyada.clock_at', ${`${period}T02:00:00+08:00`}, false)`
      const run = await timed(() => sql`call billing.dispatch(3600)`)
      const bare = await timed(() => insertBare(sql, period))
      rounds.push({ run, bare })
      say(
        `  ${period}: run ${run.toFixed(0)} ms, bare ${bare.toFixed(0)} ms, ratio ${(run / bare).toFixed(2)}`,
      )
      // Else the table statistics of an empty database decide the next round's plans.
      await sql`analyze`
    }
    const [count] = await sql<Array<{ invoices: number }>>`
      select count(*)::int as invoices from billing.invoices
    `
    await sql.end()

    return {
      name: 'billing-run',
      ratio: median(rounds.map(({ run, bare }) => run / bare)),
      target: 3,
      details: {
        tenants,
        subscriptions: SUBSCRIPTIONS,
        invoices: count?.invoices ?? 0,
        runMilliseconds: rounds.map(({ run }) => Math.round(run)),
        bareMilliseconds: rounds.map(({ bare }) => Math.round(bare)),
      },
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function month(round: number) {
  const index = FIRST_MONTH + round
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`
}

async function timed(work: () => Promise<unknown>) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** As the platform's superuser without triggers, because the audit trail of a seed is not what is measured. */
async function seed(adminUrl: string, tenants: number) {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  await sql`set session_replication_role = replica`
  await sql`
    insert into tenancy.tenants (slug, trade_name, legal_name, tin, address)
    select 'isp-' || n, 'ISP ' || n, 'ISP ' || n || ' Inc.', '123-456-789-00000', 'Cagayan de Oro'
    from generate_series(1, ${tenants}) as n
  `
  await sql`
    insert into tenancy.billing_settings (tenant_id, invoice_day, first_period_on)
    select id, 1, ${month(0)} from tenancy.tenants
  `
  // Every second tenant is under VAT, and posts one line more.
  await sql`
    insert into tenancy.tax_regimes (tenant_id, regime, rate_bp, effective_from)
    select t.id, case when n % 2 = 0 then 'vat' else 'non_vat' end, case when n % 2 = 0 then 1200 else 0 end, '2000-01-01'
    from (select id, row_number() over () as n from tenancy.tenants) as t
  `
  await sql`
    insert into tenancy.document_series (tenant_id, kind, prefix)
    select t.id, k.kind, k.prefix from tenancy.tenants as t
    cross join (values ('invoice', 'INV-'), ('credit_note', 'CN-'), ('receipt', 'R-')) as k(kind, prefix)
  `
  await sql`
    insert into catalog.plans (tenant_id, name, billing_mode, down_mbps, up_mbps)
    select id, 'Fiber 100', 'postpaid', 100, 50 from tenancy.tenants
  `
  await sql`
    insert into service.subscribers (tenant_id, account_no, name, phone, purok)
    select t.id, lpad(n::text, 6, '0'), 'Subscriber ' || n, '0917 555 0000', 'Purok ' || n % 9
    from tenancy.tenants as t cross join generate_series(1, ${SUBSCRIPTIONS}) as n
  `
  await sql`
    insert into ledger.accounts (tenant_id, code, name, class, owner_kind, owner_id)
    select s.tenant_id, c.code, c.name, c.class, c.owner_kind, s.id
    from service.subscribers as s cross join ledger.chart() as c where c.owner_kind = 'subscriber'
  `
  await sql`
    insert into service.subscriptions (tenant_id, subscriber_id, billing_mode, state, activated_on)
    select tenant_id, id, 'postpaid', 'active', '2025-06-01' from service.subscribers
  `
  await sql`
    insert into service.subscription_terms (tenant_id, subscription_id, plan_id, price_minor, valid)
    select u.tenant_id, u.id, p.id, 129900, daterange('2025-06-01', null)
    from service.subscriptions as u join catalog.plans as p on p.tenant_id = u.tenant_id
  `
  await sql`analyze`
  await sql.end()
}

async function copyTables(sql: postgres.Sql) {
  await sql`create schema bench`
  await sql`create table bench.invoices (like billing.invoices including all)`
  await sql`create table bench.invoice_lines (like billing.invoice_lines including all)`
  const keys = await sql<Array<{ table: string; definition: string }>>`
    select c.conrelid::regclass::text as table, pg_get_constraintdef(c.oid) as definition
    from pg_constraint as c
    where c.contype = 'f' and c.conrelid in ('billing.invoices'::regclass, 'billing.invoice_lines'::regclass)
  `
  for (const { table, definition } of keys) {
    const own = definition.replace('billing.invoices', 'bench.invoices')
    await sql.unsafe(`alter table ${table.replace('billing.', 'bench.')} add ${own}`)
  }
}

/** By tenant and committed, as the run commits its chunks. */
async function insertBare(sql: postgres.Sql, period: string) {
  const tenants = await sql<Array<{ id: string }>>`select id from tenancy.tenants order by id`
  for (const { id } of tenants) {
    await sql.begin(async (transaction) => {
      await transaction`
        insert into bench.invoices select * from billing.invoices where tenant_id = ${id} and period = ${period}
      `
      await transaction`
        insert into bench.invoice_lines
          (tenant_id, id, invoice_id, line, kind, description, subscription_id, period, service_from, service_until,
           vat_class, net_minor, vat_minor, total_minor, in_force)
        select l.tenant_id, l.id, l.invoice_id, l.line, l.kind, l.description, l.subscription_id, l.period, l.service_from,
          l.service_until, l.vat_class, l.net_minor, l.vat_minor, l.total_minor, l.in_force
        from billing.invoice_lines as l where l.tenant_id = ${id} and l.period = ${period}
      `
    })
  }
}
