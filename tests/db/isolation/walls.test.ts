// The walls stand, and the test that says so can see: each policy is dropped and widened in turn, and each time a breach is found.

import { expect, test } from 'vitest'
import { ownDatabase, type Sql } from '../database.ts'
import { findBreaches } from './breaches.ts'
import { ROOMS, setScene, tenantTables } from './victim.ts'

/** Widened, these let nobody in whom they do not let in already: they are open to the whole tenant, and the wall is another policy. */
const OPEN_INSIDE = [
  'tenants_read',
  'billing_settings_read',
  'tax_regimes_read',
  'logos_read',
  'barangays_read',
  'plans_read',
  'plan_prices_read',
]

/** Not granted to people at all, so their walls are second locks on doors without handles. */
const WITHOUT_HANDLE = ['collector_scopes_same_tenant', 'recovery_keys_same_tenant']

type Policy = {
  schema: string
  table: string
  name: string
  permissive: string
  command: string
  checked: boolean
}

test('no stranger, no revoked member and not even our own code reads another ISP; dropping or widening any policy shows', async () => {
  const database = await ownDatabase()
  const scene = await setScene(database)
  const tables = await tenantTables(database.sql)

  const within = <T>(work: (sql: Sql) => Promise<T>) => inTransaction(database.sql as never, work)
  expect(await within((sql) => findBreaches(sql, scene, tables))).toEqual([])

  const policies = await database.sql<Array<Policy>>`
    select schemaname as schema, tablename as table, policyname as name, permissive, cmd as command, with_check is not null as checked
    from pg_policies where schemaname = any(${ROOMS}) and tablename not in ('people', 'permissions', 'psgc')
      and not (policyname = any(${WITHOUT_HANDLE}))
    order by 1, 2, 3
  `
  expect(policies.length).toBeGreaterThan(110)

  const unseen: Array<string> = []
  for (const { schema, table, name, command, checked, permissive } of policies) {
    const looked = tables.filter(({ full }) => full === `${schema}.${table}`)
    const mutations = [`drop policy ${name} on ${schema}.${table}`]
    if (permissive === 'PERMISSIVE' && !OPEN_INSIDE.includes(name)) {
      mutations.push(
        `alter policy ${name} on ${schema}.${table} ${command === 'INSERT' ? '' : 'using (true)'} ${checked ? 'with check (true)' : ''}`,
      )
    }
    for (const mutation of mutations) {
      const breaches = await within(async (sql) => {
        await sql.unsafe(mutation)
        return findBreaches(sql, scene, looked)
      })
      if (breaches.length === 0) unseen.push(mutation)
    }
  }
  expect(unseen).toEqual([])
}, 600_000)

async function inTransaction<T>(
  sql: { begin: (work: (sql: Sql) => Promise<T>) => Promise<T> },
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const undo = new Error('undo')
  let result: T | undefined
  await sql
    .begin(async (begun) => {
      result = await work(begun)
      throw undo
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error
    })
  return result as T
}
