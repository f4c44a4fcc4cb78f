// The database is killed again and again while a phone takes cash and syncs. The phone alone decides what is sent again, so that what it
// took for sent and the books do not have is seen as lost.

import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import type { Call } from '../../../app/offline/phone.ts'
import { syncOnce } from '../../../app/offline/sync.ts'
import { limits } from '../../../app/offline/limits.ts'
import { myPayments, unsentEntries } from '../../../app/offline/own-payments.ts'
import { type Claims, createActor } from '../actor.ts'
import type { OwnDatabase } from '../database.ts'
import { ownServer } from '../own-server.ts'
import { approveAtOffice, aRoute, callThrough, roadPhone, take } from '../road.ts'

const DEATHS = 8
const LONGEST_LIFE_MILLISECONDS = 400
/** So much is taken ahead of what is sent. Where the numbers ran out all the same, the phone syncs until it has some. */
const MOST_UNSENT = 20

/** Calls on a new connection each time. A phone hears of a dead database what it hears of a lost signal: nothing. */
function callOver(url: string, claims: Claims, deaths: { felt: number }): Call {
  const person = { call: <T>(name: string, input = {}) => callOnce<T>(url, claims, name, input) }
  const call = callThrough(person, { isUp: true, losesAnswers: 0 })
  return async (path, body) => {
    try {
      return await call(path, body)
    } catch (error) {
      const { code = '', message = '' } = error as { code?: string; message?: string }
      if (!/^(ECONN|EPIPE|57P|08)/.test(code) && !/connection|timeout/i.test(message)) throw error
      deaths.felt += 1
      return { kind: 'unreachable' }
    }
  }
}

async function callOnce<T>(
  url: string,
  claims: Claims,
  name: string,
  input: Record<string, unknown>,
): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  const named = Object.keys(input).map((key, at) => `${key} => $${at + 1}`)
  try {
    await client.connect()
    await client.query('begin')
    await client.query(
      `select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)`,
      [JSON.stringify({ role: 'authenticated', ...claims })],
    )
    const { rows } = await client.query<{ answer: T }>(
      `select api.${name}(${named.join(', ')}) as answer`,
      Object.values(input),
    )
    await client.query('commit')
    return rows[0]?.answer as T
  } finally {
    void client.end().catch(() => {})
  }
}

test('a server killed while a phone syncs loses nothing and books nothing twice', async () => {
  const server = await ownServer({ durable: true })
  onTestFinished(server.stop)
  const sql = postgres(server.url, { onnotice: () => {}, max: 1 })
  const own: OwnDatabase = {
    ...server,
    sql,
    actor: (claims) =>
      createActor(claims, async (work) => {
        const done = await sql.begin(async (begun) => ({ value: await work(begun) }))
        return done.value
      }),
  }
  const { north, carlo, subscribers } = await aRoute(own, 4)
  const phone = roadPhone(north, carlo, { isUp: true, losesAnswers: 0 }, { at: Date.now() })
  await approveAtOffice(north, phone)
  expect(await syncOnce(phone)).toBeNull()
  await sql.end()

  const deaths = { felt: 0 }
  phone.call = callOver(server.url, carlo.claims, deaths)
  const life = { isOver: false }
  const given = new Map<string, number>()
  const working = async () => {
    while (!life.isOver) {
      const hasNumbers = (await limits(phone)).state !== 'stop'
      if (hasNumbers && (await unsentEntries(phone)).length < MOST_UNSENT) {
        const amount = 1_000 + given.size
        const paper = await take(phone, String(subscribers[given.size % 4]), amount)
        given.set(paper.number, amount)
      }
      await syncOnce(phone)
    }
    while ((await unsentEntries(phone)).length > 0) await syncOnce(phone)
    expect(await syncOnce(phone)).toBeNull()
  }
  const killing = async () => {
    for (let death = 0; death < DEATHS; death += 1) {
      // However slow the machine is, cash is on its way at each death.
      const before = given.size
      while (given.size === before) await sleep(5)
      await sleep(Math.random() * LONGEST_LIFE_MILLISECONDS)
      await server.kill(death % 2 === 0 ? 'SIGKILL' : 'SIGQUIT')
    }
    life.isOver = true
  }
  await Promise.all([working(), killing()])

  const books = postgres(server.url, { onnotice: () => {}, max: 1 })
  onTestFinished(() => books.end())
  // Else the deaths fell where nothing was sent.
  expect(deaths.felt).toBeGreaterThan(DEATHS / 2)
  expect(given.size).toBeGreaterThan(DEATHS)
  const booked = await books<Array<{ number: string; amount: number }>>`
    select r.number, p.amount_minor::int as amount
    from collections.payments as p
    join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
    where p.stage = 'posted' order by r.number`
  expect(booked.map(({ number, amount }) => [number, amount])).toEqual([...given].sort())
  expect((await myPayments(phone)).map(({ stage }) => stage)).toEqual(booked.map(() => 'posted'))
  expect(await books`select count(*)::int from collections.payments`).toEqual([
    { count: given.size },
  ])
  expect(await books`select kind from sync.alarms`).toEqual([])
  expect(await books`select invariant, subject, detail from ledger.offences()`).toEqual([])
}, 180_000)
