// An ISP to steal from: rows in every table of ours, a canary in every text column that can hold one.

import postgres from 'postgres'
import type { OwnDatabase, Sql } from '../database.ts'
import { A_KEY } from '../field.ts'
import { uuid7 } from '../ids.ts'
import { type Person, signUpTenant, type Stage, type Tenant } from '../story.ts'

export const CANARY = 'Canary'

export const ROOMS = [
  'tenancy',
  'access',
  'places',
  'catalog',
  'service',
  'ledger',
  'billing',
  'collections',
  'sync',
  'audit',
]

export type Attackers = {
  /** The owner of another ISP, who may do everything there. */
  otherOwner: Person
  /** Was a manager of the victim until a moment ago; the token is still fresh. */
  revoked: Person
  /** A subscriber of another ISP. */
  otherPortal: { claims: Person['claims'] }
}

export type Scene = {
  victim: Tenant
  attackers: Attackers
  /** Works for the victim and may do nothing. */
  powerless: Person
  /** A subscriber of the victim, who must not see other subscribers. */
  portal: { claims: Person['claims']; subscriberId: string }
  /** The other subscriber's id, and a row id of the victim for each table. */
  ids: Record<string, Array<string>>
}

/** Builds both ISPs in a database of its own, through the functions people use, then fills what is still empty. */
export async function setScene(database: OwnDatabase): Promise<Scene> {
  const stage = { sql: database.sql, actor: database.actor } as unknown as Stage
  const victim = await signUpTenant('Victim Fiber', stage)
  const other = await signUpTenant('Other Fiber', stage)

  const subscriberId = await liveALittle(victim)
  const otherSubscriber = await liveALittle(other)
  const revoked = await victim.member(
    'subscribers.read',
    'billing.read',
    'payments.read',
    'members.manage',
    'audit.read',
  )
  const scene = {
    victim,
    attackers: {
      otherOwner: other.owner,
      revoked,
      otherPortal: await other.portal(otherSubscriber),
    },
    powerless: await victim.member(),
    portal: { ...(await victim.portal(subscriberId)), subscriberId },
    ids: {},
  }
  await victim.owner.call('revoke_member', { member_id: revoked.memberId, reason: 'left' })

  const admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} })
  try {
    // As the server's own administrator with triggers and keys asleep: a canary belongs where no function would put it.
    await admin`set session_replication_role = replica`
    await admin`set linyada.environment = 'test'`
    for (const table of await tenantTables(admin)) {
      await fillIfEmpty(admin, table, victim.id)
      await plantCanaries(admin, table, victim.id)
    }
    return { ...scene, ids: await rowIds(admin, victim.id) }
  } finally {
    await admin.end()
  }
}

/** A month in the life of an ISP: two subscribers, bills, money at the counter and in the field. */
async function liveALittle(isp: Tenant) {
  const postpaid = await isp.plan({ price_minor: 99_900 })
  const prepaid = await isp.plan({
    billing_mode: 'prepaid',
    prepaid_days: 30,
    price_minor: 100_000,
  })
  const [code] = await isp.owner.call<Array<{ code: string }>>('search_psgc', {
    query: 'carmen cagayan de oro',
  })
  await isp.owner.call('pick_barangays', { codes: [code?.code] })
  const [barangay] = await isp.owner.read('barangays')
  const first = await isp.subscriber({
    name: 'First',
    phone: '0917',
    barangay_id: barangay?.['id'] ?? null,
  })
  const second = await isp.subscriber({ name: 'Second', phone: '0918' })
  await isp.service(first, postpaid)
  const time = await isp.service(second, prepaid)
  const collector = await isp.collector()
  await isp.route(collector, first, second)
  const device = uuid7()
  await collector.call('register_device', {
    device: { id: device, label: 'Android', public_key: A_KEY, recovery_key: '00'.repeat(32) },
  })
  await isp.owner.call('approve_device', { device_id: device })
  await isp.owner.call('open_hold', {
    subscription_id: time,
    kind: 'manual',
    reason: 'asked for it',
  })
  await isp.owner.call('record_payment', {
    payment: {
      id: uuid7(),
      subscriber_id: first,
      method: 'gcash',
      reference: 'G-1',
      amount_minor: 5_000,
      received_at: new Date(Date.now() - 60_000).toISOString(),
    },
  })
  await isp.owner.call('record_payment', {
    payment: {
      id: uuid7(),
      subscriber_id: second,
      subscription_id: time,
      method: 'cash',
      amount_minor: 15_000,
      received_at: new Date(Date.now() - 60_000).toISOString(),
    },
  })
  return first
}

export type Table = { schema: string; name: string; full: string }

export async function tenantTables(sql: Sql): Promise<Array<Table>> {
  return sql<Array<Table>>`
    select n.nspname as schema, c.relname as name, format('%I.%I', n.nspname, c.relname) as full
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    join pg_attribute as a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'session_contexts'
    order by 1, 2
  `
}

type Column = { name: string; type: string; required: boolean; choices: Array<string> | null }

/** Invents a row from the catalog, so that a new table cannot be forgotten here. */
async function fillIfEmpty(sql: Sql, table: Table, tenantId: string) {
  const [found] = await sql.unsafe(`select 1 from ${table.full} where tenant_id = $1 limit 1`, [
    tenantId,
  ])
  if (found) return

  const columns = await sql<Array<Column>>`
    select a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull and not a.atthasdef as required,
      (select array(select (regexp_matches(pg_get_constraintdef(k.oid), '''([a-z_]+)''::text', 'g'))[1])
        from pg_constraint as k
        where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum]
          and pg_get_constraintdef(k.oid) like '%ANY%' limit 1) as choices
    from pg_attribute as a
    where a.attrelid = ${table.full}::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  `
  const given: Record<string, string> = {
    tenant_id: tenantId,
    ...(OVERRIDES[`${table.schema}.${table.name}`] ?? {}),
  }
  for (const column of columns) {
    if (column.name in given || !column.required) continue
    given[column.name] = column.choices?.[0] ?? inventValue(column)
  }
  const names = Object.keys(given)
  // As text that the column reads: else the driver would write a list in JSON as a JSON string.
  const values = names.map((name, at) => {
    const type = columns.find((column) => column.name === name)?.type
    return `$${at + 1}::text::${type}`
  })
  await sql.unsafe(
    `insert into ${table.full} (${names.join(', ')}) values (${values.join(', ')})`,
    Object.values(given),
  )
}

/** Where the rules between columns cannot be guessed from their types. */
const OVERRIDES: Record<string, Record<string, string>> = {
  'billing.charges': { kind: 'one_time', amount_minor: '100' },
  'billing.corrections': { kind: 'refund', amount_minor: '100', state: 'waiting' },
  'billing.credit_note_lines': { total_minor: '100' },
  'collections.certificates': { state: 'pending' },
  'billing.deposits': { kind: 'taken', amount_minor: '100' },
  'billing.credit_notes': { serial: '1', net_minor: '100', vat_minor: '0', total_minor: '100' },
  'billing.invoices': {
    state: 'open',
    serial: '900001',
    issued_on: '2026-01-01',
    due_on: '2026-01-01',
  },
  'billing.invoice_drafts': { lines: '[{}]', total_minor: '100' },
  'billing.dunning_stages': { stage: 'warned', open_minor: '1' },
  'billing.invoice_lines': { kind: 'one_time', net_minor: '1', vat_minor: '0', total_minor: '1' },
  'billing.prepaid_periods': { starts_at: '2026-01-01', ends_at: '2026-02-01' },
  'billing.returned_days': { amount_minor: '0' },
  'catalog.plan_discounts': { amount_minor: '100' },
  'tenancy.lost_numbers': {
    last_serial: '1',
    said_at: '2026-01-01',
    said_by: '00000000-0000-7000-8000-000000000001',
    note: CANARY,
  },
  'billing.runs': { period: '2026-01-01', period_until: '2026-02-01' },
  'collections.remittances': { reason: CANARY },
  'collections.receipt_blocks': {
    device_id: uuid7(),
    first_serial: '900001',
    last_serial: '900100',
  },
  'collections.deposit_slips': { content_type: 'image/png', bytes: `\\x${'00'.repeat(64)}` },
  'ledger.periods': { month: '2026-01-01' },
  'tenancy.logos': { content_type: 'image/png', bytes: `\\x${'00'.repeat(64)}` },
  'sync.commands': { state: 'parked', reason: 'canary' },
}

function inventValue({ type, name }: Column): string {
  switch (type) {
    case 'uuid':
      return uuid7()
    case 'uuid[]':
      return `{${uuid7()}}`
    case 'bigint':
    case 'integer':
    case 'smallint':
      return '1'
    case 'date':
      return '2026-01-01'
    case 'daterange':
      return '[2026-01-01,2026-02-01)'
    case 'timestamp with time zone':
      return '2026-01-01T00:00:00Z'
    case 'jsonb':
      return '{}'
    case 'bytea':
      return `\\x${'00'.repeat(32)}`
    case 'boolean':
      return 'false'
    case 'text':
      return name === 'code' ? 'CANARY' : CANARY
    default:
      throw new Error(`No idea what a ${type} looks like (${name})`)
  }
}

async function plantCanaries(sql: Sql, table: Table, tenantId: string) {
  const columns = await sql<Array<{ name: string; type: string }>>`
    select a.attname as name, format_type(a.atttypid, null) as type
    from pg_attribute as a
    where a.attrelid = ${table.full}::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and a.atttypid in ('text'::regtype, 'jsonb'::regtype) and a.attname not in ('time_zone', 'currency')
  `
  for (const { name, type } of columns) {
    // Forms are checked (a TIN, a state, a colour): the first spelling that the column takes is the one planted.
    const spellings =
      type === 'jsonb'
        ? [`jsonb_build_object('secret', '${CANARY}')`]
        : [
            `'${CANARY} ' || gen_random_uuid()`,
            `'${CANARY}' || substr(md5(random()::text), 1, 8)`,
            `'${CANARY}@x.test'`,
          ]
    for (const spelling of spellings) {
      const planted = await sql
        .unsafe(`update ${table.full} set ${name} = ${spelling} where tenant_id = $1`, [tenantId])
        .then(
          () => true,
          () => false,
        )
      if (planted) break
    }
  }
}

async function rowIds(sql: Sql, tenantId: string) {
  const ids: Record<string, Array<string>> = {}
  for (const table of await tenantTables(sql)) {
    const key =
      table.full === 'ledger.entries'
        ? 'transaction_id'
        : table.full === 'ledger.balances'
          ? 'account_id'
          : table.full === 'access.role_permissions'
            ? 'role_id'
            : 'id'
    const rows = await sql.unsafe<Array<{ id: string }>>(
      `select ${key}::text as id from ${table.full} where tenant_id = $1 order by 1 limit 5`,
      [tenantId],
    )
    ids[table.full] = rows.map(({ id }) => id)
  }
  return ids
}

/** One fingerprint of everything the victim has. */
export async function fingerprint(sql: Sql, tenantId: string) {
  const prints: Record<string, string> = {}
  for (const table of await tenantTables(sql)) {
    const [row] = await sql.unsafe<Array<{ print: string }>>(
      `select count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from ${table.full} as t where tenant_id = $1`,
      [tenantId],
    )
    prints[table.full] = row?.print ?? ''
  }
  return prints
}
