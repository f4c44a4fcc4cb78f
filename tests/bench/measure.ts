// What a benchmark is given and answers, and what several of them measure with.

import postgres from 'postgres'
import { type Actor, type Claims, createActor } from '../db/actor.ts'
import { uuid7 } from '../db/ids.ts'
import { ownServer } from '../db/own-server.ts'

export type Options = {
  /** 1 is the size the targets were set for; a small machine measures less with 0.1. */
  scale: number
  say: (line: string) => void
}

export type Result = {
  name: string
  /** Ours over the bare work: the median of the rounds. */
  ratio: number
  /** The ratio we hold ourselves to. */
  target: number
  details: Record<string, number | string | Array<number>>
}

export type Benchmark = { measure: (options: Options) => Promise<Result> }

export function median(values: ReadonlyArray<number>): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = low] = sorted.slice(sorted.length % 2 === 0 ? middle - 1 : middle)
  return sorted.length % 2 === 0 ? (low + high) / 2 : low
}

/** How long work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

type Server = {
  url: string
  /** As the platform's superuser. */
  adminUrl: string
  /** A pool, as the owner of the schema unless another address is given. */
  open: (max?: number, url?: string) => postgres.Sql
}

/**
 * Work on a server of its own. What it opens is closed before the server goes, also when the work fails: `postgres` 3.4 ends the whole
 * process when a server goes first (porsager/postgres#1208), and nobody sees what failed.
 */
export async function onOwnServer<T>(work: (server: Server) => Promise<T>): Promise<T> {
  const server = await ownServer()
  const opened: Array<postgres.Sql> = []
  const open: Server['open'] = (max = 1, url = server.url) => {
    const sql = postgres(url, { max, onnotice: () => {} })
    opened.push(sql)
    return sql
  }
  try {
    return await work({ url: server.url, adminUrl: server.adminUrl, open })
  } finally {
    await Promise.allSettled(opened.map((sql) => sql.end({ timeout: 5 })))
    await server.stop()
  }
}

/** Tables in schema `bench` with the columns, indexes, checks and keys of these, and nothing that reacts to a row. */
export async function bareTables(sql: postgres.Sql, tables: ReadonlyArray<string>) {
  const bare = (table: string) => table.replace(/^\w+/, 'bench')
  await sql`create schema bench`
  for (const table of tables) {
    await sql.unsafe(`create table ${bare(table)} (like ${table} including all)`)
  }
  for (const table of tables) {
    const keys = await sql<Array<{ definition: string }>>`
      select pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'f' and conrelid = ${table}::regclass
    `
    for (const { definition } of keys) {
      const own = tables.reduce(
        (text, other) => text.replace(`${other}(`, `${bare(other)}(`),
        definition,
      )
      await sql.unsafe(`alter table ${bare(table)} add ${own}`)
    }
  }
}

/** An ISP that signed up, and its owner, whose every call is a transaction. */
export async function openIsp(sql: postgres.Sql, name = 'Bench Fiber'): Promise<Actor> {
  const userId = uuid7()
  const sessionId = uuid7()
  await sql`insert into auth.users (id, email) values (${userId}, ${`${userId}@example.test`})`
  const acting = (claims: Claims) =>
    createActor(claims, async <T>(work: (sql: postgres.TransactionSql) => Promise<T>) => {
      const done = await sql.begin(async (begun) => ({ value: await work(begun) }))
      return done.value as T
    })

  await acting({ sub: userId, session_id: sessionId }).call('sign_up_tenant', {
    trade_name: name,
    full_name: 'Owner',
  })
  const event = JSON.stringify({
    user_id: userId,
    claims: { sub: userId, role: 'authenticated', session_id: sessionId },
  })
  const [token] = await sql<Array<{ claims: Claims }>>`
    select access.custom_access_token_hook(${event}::text::jsonb) -> 'claims' as claims
  `
  if (!token) throw new Error('The token hook gave no claims')
  return acting(token.claims)
}
