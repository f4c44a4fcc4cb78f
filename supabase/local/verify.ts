// npm run verify [--url postgres://…] [--tenant id-or-slug]: looks for what must never be in a database.
//
// Prints each offender on a line. Ends with 0 when there is none, 1 when there are some, and 2 when it
// could not look. It only reads.

import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { readSettings } from './settings.ts'

export type Offence = {
  invariant: string
  tenant: string | null
  subject: string
  detail: string | null
}

/** The schemas that hold rows of tenants. */
const ROOMS = [
  'tenancy',
  'access',
  'places',
  'plant',
  'catalog',
  'service',
  'ledger',
  'billing',
  'collections',
  'support',
  'messaging',
  'sync',
  'audit',
]

/** Names that no tenant owns: the same for everybody, or keyed by a person or a session. */
const GLOBAL_TABLES = [
  'access.people',
  'access.permissions',
  'access.session_contexts',
  'places.psgc',
]

const WALL = '(tenant_id = ( SELECT access.tenant_id() AS tenant_id))'

/** All offences at one instant. Needs a role that row level security does not stop. */
export async function findOffences(sql: postgres.ISql, tenant?: string): Promise<Array<Offence>> {
  return [
    ...(await findMoneyOffences(sql, tenant)),
    ...(await findOpenWalls(sql)),
    ...(await findStrays(sql, tenant)),
  ]
}

async function findMoneyOffences(sql: postgres.ISql, tenant?: string) {
  return sql<Array<Offence>>`
    select o.invariant, t.slug as tenant, o.subject, o.detail
    from ledger.offences(${tenant ?? null}) as o left join tenancy.tenants as t on t.id = o.tenant_id
    order by 1, 2, 3
  `
}

async function findOpenWalls(sql: postgres.ISql) {
  return sql<Array<Offence>>`
    with tables as (
      select c.oid, format('%s.%s', n.nspname, c.relname) as name, c.relname, c.relrowsecurity and c.relforcerowsecurity as is_forced,
        c.relispartition, n.nspname
      from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
      where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p')
    )
    select 'row level security is forced on every table' as invariant, null as tenant, t.name as subject, null as detail
    from tables as t where not t.is_forced
    union all
    select 'a wall stands around every tenant table', null, t.name, 'no policy keeps every row to its tenant'
    from tables as t
    where not t.relispartition and not (t.name = any(${GLOBAL_TABLES}))
      and not exists (
        select from pg_policies as p
        where p.schemaname = t.nspname and p.tablename = t.relname and p.permissive = 'RESTRICTIVE' and p.cmd = 'ALL'
          and 'authenticated' = any(p.roles) and p.qual = ${WALL} and p.with_check = ${WALL})
    union all
    select 'nobody writes a table through the Data API', null, t.name, r.role || ' may ' || p.privilege
    from tables as t
    cross join (values ('anon'), ('authenticated')) as r(role)
    cross join (values ('insert'), ('update'), ('delete'), ('truncate')) as p(privilege)
    where case when p.privilege in ('insert', 'update') then has_any_column_privilege(r.role, t.oid, p.privilege)
      else has_table_privilege(r.role, t.oid, p.privilege) end
    union all
    select 'a view of the Data API asks as its caller', null, 'api.' || c.relname, null
    from pg_class as c
    where c.relnamespace = to_regnamespace('api') and c.relkind = 'v'
      and not coalesce(c.reloptions @> array['security_invoker=true'], false)
    union all
    select 'our own code stands before the wall', null, 'linyada_definer', 'passes row level security'
    from pg_roles as r where r.rolname = 'linyada_definer' and (r.rolbypassrls or r.rolsuper or r.rolcanlogin)
    order by 1, 3
  `
}

/** Rows that refer to nothing, or over a wall. Keys forbid them, but a restore or a superuser may have passed by. */
async function findStrays(sql: postgres.ISql, tenant?: string): Promise<Array<Offence>> {
  const keys = await sql<
    Array<{ table: string; parent: string; mine: Array<string>; theirs: Array<string> }>
  >`
    select f.conrelid::regclass::text as table, f.confrelid::regclass::text as parent,
      array(select quote_ident(a.attname) from unnest(f.conkey) with ordinality as k(attnum, at)
        join pg_attribute as a on a.attrelid = f.conrelid and a.attnum = k.attnum order by k.at) as mine,
      array(select quote_ident(a.attname) from unnest(f.confkey) with ordinality as k(attnum, at)
        join pg_attribute as a on a.attrelid = f.confrelid and a.attnum = k.attnum order by k.at) as theirs
    from pg_constraint as f
    join pg_class as c on c.oid = f.conrelid join pg_namespace as n on n.oid = c.relnamespace
    where f.contype = 'f' and n.nspname = any(${ROOMS}) and not c.relispartition and not (c.oid::regclass::text = any(${GLOBAL_TABLES}))
    order by 1, 2
  `
  const offences: Array<Offence> = []
  for (const { table, parent, mine, theirs } of keys) {
    const same = mine.map((column, at) => `p.${theirs[at]} = c.${column}`).join(' and ')
    const given = mine.map((column) => `c.${column} is not null`).join(' and ')
    const rows = await sql.unsafe<Array<{ tenant: string; count: number; example: string }>>(
      `select coalesce(t.slug, c.tenant_id::text) as tenant, count(*)::int as count, min(c.${mine.at(-1)}::text) as example
       from ${table} as c left join tenancy.tenants as t on t.id = c.tenant_id
       where ($1::uuid is null or c.tenant_id = $1) and ${given} and not exists (select from ${parent} as p where ${same})
       group by 1 order by 1`,
      [tenant ?? null],
    )
    for (const row of rows) {
      offences.push({
        invariant: 'what a row refers to is there, in the same tenant',
        tenant: row.tenant,
        subject: `${table} (${mine.join(', ')})`,
        detail: `${row.count} of them, such as ${row.example}, are not in ${parent}`,
      })
    }
  }
  return offences
}

/** A reason why looking would not tell the truth. */
class CannotLook extends Error {}

export async function verify(url: string, wanted?: string): Promise<Array<Offence>> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    return await sql.begin('isolation level repeatable read read only', async (transaction) => {
      await transaction`set local statement_timeout = 0`
      const [door] = await transaction<Array<{ isLinyada: boolean; seesAll: boolean }>>`
        select to_regprocedure('ledger.offences(uuid)') is not null as "isLinyada",
          (select rolbypassrls or rolsuper from pg_roles where rolname = current_user) as "seesAll"
      `
      if (!door?.isLinyada) throw new CannotLook('There is no Linyada in this database.')
      if (!door.seesAll) throw new CannotLook('This role does not see every row; use the owner.')
      return findOffences(
        transaction,
        wanted === undefined ? undefined : await tenantId(transaction, wanted),
      )
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function tenantId(sql: postgres.ISql, wanted: string): Promise<string> {
  const [tenant] = await sql<Array<{ id: string }>>`
    select id from tenancy.tenants where slug = ${wanted} or id::text = ${wanted}
  `
  if (!tenant) throw new CannotLook(`There is no tenant ${wanted}.`)
  return tenant.id
}

function describe({ invariant, tenant, subject, detail }: Offence) {
  return [invariant, tenant, subject, detail].filter((part) => part !== null).join(' · ')
}

async function main(): Promise<number> {
  try {
    const { values } = parseArgs({
      options: { url: { type: 'string' }, tenant: { type: 'string' } },
    })
    const { PG_PORT } = readSettings(process.env)
    const embedded = `postgres://postgres:postgres@127.0.0.1:${PG_PORT}/postgres`
    const offences = await verify(
      values.url ?? process.env['DATABASE_URL'] ?? embedded,
      values.tenant,
    )
    for (const offence of offences) console.log(describe(offence))
    console.log(offences.length === 1 ? '1 offence' : `${offences.length} offences`)
    return offences.length === 0 ? 0 : 1
  } catch (error) {
    console.error(`Could not look: ${error instanceof Error ? error.message : String(error)}`)
    return 2
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main()
