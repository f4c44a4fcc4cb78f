// The laws of the data model, read from the catalogs. A failure lists every offender by name.
// An exception is written here with its reason, or it is an offender.

import { expect, test } from 'vitest'
import { sql } from './database.ts'

const ROOMS = [
  'clock',
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
  'api',
]

/** The same for every tenant, read-only or keyed by the person or session; no tenant is in them. */
const GLOBAL_TABLES = [
  'access.people',
  'access.permissions',
  'access.session_contexts',
  'places.psgc',
]

/** The key is the tenant, or the row is named by what it belongs to; `tenant_id` leads all the same. */
const OTHER_KEYS: Record<string, string> = {
  'tenancy.tenants': 'id',
  'tenancy.billing_settings': 'tenant_id',
  'access.role_permissions': 'tenant_id,role_id,permission',
  'places.collector_scopes': 'tenant_id,member_id',
  'ledger.entries': 'tenant_id,transaction_id,line',
  'ledger.balances': 'tenant_id,account_id',
  'audit.entries': 'tenant_id,recorded_at,id',
}

/** Procedures that COMMIT cannot pin a search_path; each line of them is fully qualified. */
const COMMITTING = ['billing.dispatch', 'billing.dispatch_dunning']

const tenantTables = () => sql<Array<{ table: string }>>`
  select format('%s.%s', n.nspname, c.relname) as table
  from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
  where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p') and not c.relispartition
    and not (format('%s.%s', n.nspname, c.relname) = any(${GLOBAL_TABLES}))
`

test('there are tables to look at', async () => {
  expect((await tenantTables()).length).toBeGreaterThan(35)
})

test('every tenant table has its key lead with tenant_id', async () => {
  const keys = await sql<Array<{ table: string; key: string | null }>>`
    select format('%s.%s', n.nspname, c.relname) as table,
      (select string_agg(a.attname, ',' order by k.position)
        from pg_constraint as p
        cross join unnest(p.conkey) with ordinality as k(attnum, position)
        join pg_attribute as a on a.attrelid = c.oid and a.attnum = k.attnum
        where p.conrelid = c.oid and p.contype = 'p') as key
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p') and not c.relispartition
  `
  const offenders = keys.filter(
    ({ table, key }) =>
      !GLOBAL_TABLES.includes(table) && key !== (OTHER_KEYS[table] ?? 'tenant_id,id'),
  )
  expect(offenders).toEqual([])
})

test('every tenant table has tenant_id, and it is never null', async () => {
  expect(
    await sql`
      select format('%s.%s', n.nspname, c.relname) as offender
      from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
      left join pg_attribute as a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p')
        and not (format('%s.%s', n.nspname, c.relname) = any(${GLOBAL_TABLES}))
        and not coalesce(a.attnotnull or a.attgenerated = 's', false)
    `,
  ).toEqual([])
})

test('every unique constraint and index of a tenant table contains tenant_id', async () => {
  expect(
    await sql`
      select i.indexrelid::regclass::text as offender
      from pg_index as i join pg_class as c on c.oid = i.indrelid join pg_namespace as n on n.oid = c.relnamespace
      where n.nspname = any(${ROOMS}) and i.indisunique
        and not (format('%s.%s', n.nspname, c.relname) = any(${GLOBAL_TABLES}))
        and i.indexrelid::regclass::text <> 'tenancy.tenants_pkey'
        and not exists (
          select from pg_attribute as a
          where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnum = any(i.indkey::int2[]))
    `,
  ).toEqual([])
})

test('tenant_id leads every index of a tenant table', async () => {
  // Found by what it is about, across tenants: a session, a person, a token in hand, a place of the national list.
  const byOther = [
    'tenancy.tenants_pkey',
    'tenancy.tenants_id_tenant_id_key',
    'access.members_user_idx',
    'access.subscriber_logins_user_idx',
    'access.invitations_token_idx',
    'access.invitations_accepted_by_idx',
    'access.role_permissions_permission_idx',
    'places.barangays_psgc_idx',
    'collections.payments_id_idx',
  ]
  expect(
    await sql`
      select i.indexrelid::regclass::text as offender
      from pg_index as i join pg_class as c on c.oid = i.indrelid join pg_namespace as n on n.oid = c.relnamespace
      left join pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p')
        and not (format('%s.%s', n.nspname, c.relname) = any(${GLOBAL_TABLES}))
        and not (i.indexrelid::regclass::text = any(${byOther}))
        and a.attname is distinct from 'tenant_id'
    `,
  ).toEqual([])
})

test('every foreign key into a tenant table carries tenant_id on both sides', async () => {
  expect(
    await sql`
      select f.conrelid::regclass::text || '.' || f.conname as offender
      from pg_constraint as f
      join pg_class as t on t.oid = f.confrelid join pg_namespace as n on n.oid = t.relnamespace
      where f.contype = 'f' and n.nspname = any(${ROOMS})
        and not (format('%s.%s', n.nspname, t.relname) = any(${GLOBAL_TABLES}))
        and not exists (
          select
          from unnest(f.conkey, f.confkey) as k(mine, theirs)
          join pg_attribute as m on m.attrelid = f.conrelid and m.attnum = k.mine
          join pg_attribute as o on o.attrelid = f.confrelid and o.attnum = k.theirs
          where m.attname = 'tenant_id' and (o.attname = 'tenant_id' or f.confrelid = 'tenancy.tenants'::regclass))
        and f.conrelid <> 'access.session_contexts'::regclass
    `,
  ).toEqual([])
})

test('every foreign key has an index that begins with its columns', async () => {
  expect(
    await sql`
      select f.conrelid::regclass::text || '.' || f.conname as offender
      from pg_constraint as f join pg_class as c on c.oid = f.conrelid join pg_namespace as n on n.oid = c.relnamespace
      where f.contype = 'f' and n.nspname = any(${ROOMS}) and not c.relispartition
        and not exists (
          select from pg_index as i
          where i.indrelid = f.conrelid and i.indpred is null
            and f.conkey @> (i.indkey::int2[])[0:cardinality(f.conkey) - 1]
            and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey)
        -- every table has tenant_id; its key to the tenant is served by the primary key
        and not (f.confrelid = 'tenancy.tenants'::regclass and cardinality(f.conkey) = 1)
    `,
  ).toEqual([])
})

test('row level security is enabled and forced on every table', async () => {
  expect(
    await sql`
      select c.oid::regclass::text as offender
      from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
      where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
    `,
  ).toEqual([])
})

test('every tenant table has exactly the wall, for all commands, reading and writing', async () => {
  const wall = '(tenant_id = ( SELECT access.tenant_id() AS tenant_id))'
  const walls = await sql<Array<{ table: string }>>`
    select format('%s.%s', p.schemaname, p.tablename) as table
    from pg_policies as p
    where p.policyname = p.tablename || '_same_tenant' and p.permissive = 'RESTRICTIVE' and p.cmd = 'ALL'
      and p.roles = '{authenticated}' and p.qual = ${wall} and p.with_check = ${wall}
  `
  const walled = new Set(walls.map(({ table }) => table))
  expect((await tenantTables()).filter(({ table }) => !walled.has(table))).toEqual([])
})

test('our definer role stands before the same wall', async () => {
  const wall = '(tenant_id = ( SELECT access.tenant_id() AS tenant_id))'
  expect(
    await sql`
      select format('%s.%s', p.schemaname, p.policyname) as offender
      from pg_policies as p
      where 'linyada_definer' = any(p.roles) and p.policyname not in ('psgc_read', 'permissions_read')
        and not (p.roles = '{linyada_definer}' and p.qual = ${wall} and p.with_check = ${wall})
    `,
  ).toEqual([])
  expect(
    await sql`select rolname from pg_roles where rolname = 'linyada_definer' and (rolbypassrls or rolcanlogin or rolsuper)`,
  ).toEqual([])
})

test('no policy is for everyone, and one permissive policy serves a command', async () => {
  expect(
    await sql`select format('%s.%s', schemaname, policyname) as offender from pg_policies where schemaname = any(${ROOMS}) and 'public' = any(roles)`,
  ).toEqual([])
  expect(
    await sql`
      select format('%s.%s %s', schemaname, tablename, cmd) as offender
      from pg_policies
      where schemaname = any(${ROOMS}) and permissive = 'PERMISSIVE' and 'authenticated' = any(roles)
      group by schemaname, tablename, cmd having count(*) > 1
    `,
  ).toEqual([])
})

test('every helper call in a policy is wrapped, so that it runs once a statement', async () => {
  const policies = await sql<Array<{ policy: string; text: string }>>`
    select format('%s.%s', schemaname, policyname) as policy, concat_ws(' ', qual, with_check) as text
    from pg_policies where schemaname = any(${ROOMS})
  `
  const bare = policies.filter(({ text }) => /(?<!SELECT )\baccess\.\w+\(/.test(text))
  expect(bare.map(({ policy }) => policy)).toEqual([])
})

test('every function pins an empty search_path', async () => {
  expect(
    await sql`
      select f.oid::regprocedure::text as offender
      from pg_proc as f join pg_namespace as n on n.oid = f.pronamespace
      where n.nspname = any(${ROOMS}) and not coalesce(f.proconfig @> array['search_path=""'], false)
        and not (n.nspname || '.' || f.proname = any(${COMMITTING}))
    `,
  ).toEqual([])
})

test('nothing is executable by everyone, and strangers call only what is meant for them', async () => {
  const forStrangers = [
    'clock.now',
    'access.user_id',
    'access.read_invitation',
    'api.read_invitation',
    'collections.verify_receipt',
    'api.verify_receipt',
    'collections.receipt_keys',
    'api.receipt_keys',
    'tenancy.readiness',
    'api.readiness',
  ]
  expect(
    await sql`
      select f.oid::regprocedure::text as offender
      from pg_proc as f join pg_namespace as n on n.oid = f.pronamespace
      where n.nspname = any(${ROOMS})
        and (exists (select from aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as a where a.grantee = 0)
          or (has_function_privilege('anon', f.oid, 'execute') and not (n.nspname || '.' || f.proname = any(${forStrangers}))))
    `,
  ).toEqual([])
})

test('api holds no table, no definer, and its views ask as the caller', async () => {
  expect(
    await sql`
      select c.relname as offender from pg_class as c
      where c.relnamespace = 'api'::regnamespace and (c.relkind <> 'v' or not coalesce(c.reloptions @> array['security_invoker=true'], false))
      union all
      select f.proname from pg_proc as f where f.pronamespace = 'api'::regnamespace and f.prosecdef
    `,
  ).toEqual([])
})

test('no role of the Data API may write a table or a view', async () => {
  expect(
    await sql`
      select r.role || ' ' || p.privilege || ' ' || c.oid::regclass as offender
      from pg_class as c
      join pg_namespace as n on n.oid = c.relnamespace
      cross join (values ('anon'), ('authenticated')) as r(role)
      cross join (values ('insert'), ('update'), ('delete'), ('truncate'), ('references'), ('trigger')) as p(privilege)
      where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p', 'v')
        and case when p.privilege in ('insert', 'update', 'references') then has_any_column_privilege(r.role, c.oid, p.privilege)
          else has_table_privilege(r.role, c.oid, p.privilege) end
    `,
  ).toEqual([])
})

test('strangers read nothing', async () => {
  expect(
    await sql`
      select c.oid::regclass::text as offender from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
      where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p', 'v') and has_any_column_privilege('anon', c.oid, 'select')
    `,
  ).toEqual([])
})

test('a definer stands before the wall, or is one of the few that look across tenants for the asking person', async () => {
  const acrossTenants = [
    'access.tenant_id',
    'access.member_id',
    'access.subscriber_id',
    'access.can',
    'access.require',
    'access.custom_access_token_hook',
    'access.me',
    'access.choose_context',
    'access.switch_context',
    'access.sign_out',
    'access.save_profile',
    'tenancy.sign_up',
    'access.read_invitation',
    'access.accept_invitation',
    'audit.record',
    'collections.verify_receipt',
    'collections.receipt_keys',
    'collections.recovery_key',
    'ledger.prove_balanced', // at commit nobody asks any more
    'tenancy.readiness', // a monitor belongs to no tenant, and gets ages only
    'billing.failing_jobs', // the jobs are the deployment's; names and times only
  ]
  expect(
    await sql`
      select f.oid::regprocedure::text as offender
      from pg_proc as f join pg_namespace as n on n.oid = f.pronamespace join pg_roles as o on o.oid = f.proowner
      where n.nspname = any(${ROOMS}) and f.prosecdef and o.rolname <> 'linyada_definer'
        and not (n.nspname || '.' || f.proname = any(${acrossTenants}))
    `,
  ).toEqual([])
})

test('money is bigint, states are text, instants end in _at and days in _on', async () => {
  expect(
    await sql`
      select format('%s.%s.%s %s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod)) as offender
      from pg_attribute as a join pg_class as c on c.oid = a.attrelid join pg_namespace as n on n.oid = c.relnamespace
      where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and (
        (a.attname like '%\\_minor' and a.atttypid <> 'bigint'::regtype)
        or a.atttypid in ('numeric'::regtype, 'real'::regtype, 'money'::regtype, 'timestamp'::regtype, 'varchar'::regtype)
        or (a.attname like '%\\_at' and a.atttypid <> 'timestamptz'::regtype)
        or (a.attname like '%\\_on' and a.atttypid not in ('date'::regtype, 'text'::regtype))
        or (a.atttypid = 'double precision'::regtype and a.attname not in ('latitude', 'longitude'))
        or exists (select from pg_type as t where t.oid = a.atttypid and t.typtype = 'e'))
    `,
  ).toEqual([])
})

test('no rule reads the time but through the clock', async () => {
  const functions = await sql<Array<{ name: string; body: string }>>`
    select f.oid::regprocedure::text as name, f.prosrc as body
    from pg_proc as f join pg_namespace as n on n.oid = f.pronamespace
    where n.nspname = any(${ROOMS}) and n.nspname <> 'clock'
  `
  // Comments may speak of now(); a time budget may look at the wall clock; the wall knows a statement by its time.
  const offenders = functions.filter(({ name, body }) => {
    const code = body
      .replace(/--.*$/gm, '')
      .replaceAll('clock.now()', '')
      .replace(name.startsWith('billing.dispatch') ? /clock_timestamp\(\)/g : /$^/, '')
      .replace(name === 'access.tenant_id()' ? /statement_timestamp\(\)/g : /$^/, '')
    return /\bnow\(\)|current_date|current_timestamp|localtime|clock_timestamp|statement_timestamp/i.test(
      code,
    )
  })
  expect(offenders.map(({ name }) => name)).toEqual([])
})

test('every table says what it is', async () => {
  expect(
    await sql`
      select c.oid::regclass::text as offender
      from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
      where n.nspname = any(${ROOMS}) and c.relkind in ('r', 'p') and not c.relispartition and obj_description(c.oid, 'pg_class') is null
    `,
  ).toEqual([])
})

test('money facts have no columns our own code may change but these', async () => {
  const changeable = await sql<Array<{ table: string; columns: string }>>`
    select format('%s.%s', n.nspname, c.relname) as table, string_agg(a.attname, ',' order by a.attname) as columns
    from pg_attribute as a join pg_class as c on c.oid = a.attrelid join pg_namespace as n on n.oid = c.relnamespace
    where format('%s.%s', n.nspname, c.relname) in ('billing.invoices', 'billing.invoice_lines', 'collections.payments', 'collections.receipts',
        'collections.allocations', 'ledger.transactions', 'ledger.entries', 'billing.credit_notes', 'audit.entries')
      and a.attnum > 0 and not a.attisdropped and has_column_privilege('linyada_definer', c.oid, a.attnum, 'update')
    group by 1 order by 1
  `
  expect(changeable).toEqual([
    { table: 'billing.invoice_lines', columns: 'in_force' },
    { table: 'billing.invoices', columns: 'balance_minor,state,void_reason,voided_at' },
    {
      table: 'collections.payments',
      columns: 'remittance_id,stage,subscriber_id,subscription_id,void_kind,voided_at',
    },
    // A receipt goes along with its money; a trigger proves where to.
    { table: 'collections.receipts', columns: 'payment_id' },
  ])
})
