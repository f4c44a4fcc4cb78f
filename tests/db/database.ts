// The database under a test.
//
// Most tests use `sql`, `actor` and the clock below: everything they do happens in one
// transaction that is rolled back when the test ends. A test that must commit (two sessions
// at once, the API over HTTP) takes `ownDatabase()`, a fresh copy of its own.

import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, inject, onTestFinished } from 'vitest'
import { bootstrap } from '../../supabase/local/bootstrap.ts'
import { ADMIN, createDatabase, dropDatabase, OWNER } from '../../supabase/local/postgres.ts'
import {
  type Actor,
  become,
  becomeOwner,
  type Claims,
  createActor,
  type RunWhole,
  type Sql,
} from './actor.ts'
import { TEMPLATE } from './server.ts'

export type { Actor, Claims, Json, Row, RunWhole, Sql } from './actor.ts'

const quiet = { onnotice: () => {}, max: 20 }

const server = {
  url: (database = 'postgres', role: string = OWNER) =>
    `postgres://${role}:postgres@127.0.0.1:${inject('postgresPort')}/${database}`,
}

let pool: postgres.Sql | undefined
let session: postgres.ReservedSql | undefined

beforeAll(async () => {
  pool = postgres(await workerDatabase(), quiet)
})

beforeEach(async () => {
  session = await pool?.reserve()
  await sql`begin`
})

afterEach(async () => {
  await sql`rollback`
  session?.release()
  session = undefined
})

afterAll(() => pool?.end())

/** The test's own transaction, as the owner of the schema unless `actAs` said otherwise. */
export const sql: Sql = new Proxy((() => {}) as unknown as Sql, {
  apply: (_, __, input) => Reflect.apply(currentSession(), undefined, input) as unknown,
  get: (_, property) => Reflect.get(currentSession(), property) as unknown,
})

function currentSession() {
  if (!session) throw new Error('`sql` can be used only while a test runs')
  return session
}

/** Inside the test's transaction, runs work whole or not at all, so that a test goes on after a failure. */
export const transaction: RunWhole = async (work) => {
  await sql`savepoint whole`
  try {
    const result = await work(sql)
    await sql`release savepoint whole`
    return result
  } catch (error) {
    await sql`rollback to savepoint whole`
    await sql`release savepoint whole`
    throw error
  }
}

/** A person with these claims. Each thing they do is whole or not at all. */
export function actor(claims: Claims): Actor {
  return createActor(claims, transaction)
}

/** From here on `sql` is this person, until `asOwner` or the end of the test. */
export async function actAs(claims: Claims) {
  await become(sql, claims)
}

export async function asOwner() {
  await becomeOwner(sql)
}

/** Freezes the clock at this instant for the rest of the test; without one it runs again. */
export async function setClock(instant = '') {
  await sql`select set_config('linyada.clock_at', ${instant}, true)`
}

/** The owner again, at the true time. */
export async function reset() {
  await asOwner()
  await setClock()
}

export type OwnDatabase = {
  url: string
  adminUrl: string
  /** A pool of connections as the owner; what it does is committed. */
  sql: postgres.Sql
  /** A person whose every call is a committed transaction, on any free connection. */
  actor: (claims: Claims) => Actor
}

/** A fresh migrated database for this test alone; it is gone when the test ends. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const name = `own_${randomUUID().replaceAll('-', '')}`
  const url = await copyTemplate(name)
  const ownSql = postgres(url, quiet)

  onTestFinished(async () => {
    await ownSql.end({ timeout: 5 })
    await dropDatabase(server, name)
  })

  return {
    url,
    adminUrl: server.url(name, ADMIN),
    sql: ownSql,
    actor: (claims) =>
      createActor(claims, async <T>(work: (sql: Sql) => Promise<T>) => {
        const result = await ownSql.begin(async (begun) => ({ value: await work(begun) }))
        return result.value
      }),
  }
}

/** Each worker keeps one copy: its tests leave nothing behind. */
async function workerDatabase() {
  const name = `worker_${process.env['VITEST_POOL_ID'] ?? '1'}`
  const admin = postgres(server.url('postgres', ADMIN), { ...quiet, max: 1 })
  const [found] = await admin`select from pg_database where datname = ${name}`
  await admin.end()
  return found ? server.url(name) : copyTemplate(name)
}

async function copyTemplate(name: string) {
  const url = await createDatabase(server, name, TEMPLATE)
  // A copy takes everything along except the settings of the database itself.
  await bootstrap(server.url(name, ADMIN))
  return url
}
