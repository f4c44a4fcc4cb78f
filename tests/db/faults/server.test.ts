// The database is killed again and again while a phone sends. The phone tries again, and everything is there once.

import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import type { Call } from '../../../app/offline/phone.ts'
import { push } from '../../../app/offline/push.ts'
import { syncOnce } from '../../../app/offline/sync.ts'
import { unsentEntries } from '../../../app/offline/view.ts'
import { type Claims, createActor } from '../actor.ts'
import type { OwnDatabase } from '../database.ts'
import { ownServer } from '../own-server.ts'
import { approveAtOffice, aRoute, roadPhone, take } from '../road.ts'

const DEATHS = 8
const COLLECTIONS = 60
const LONGEST_LIFE_MILLISECONDS = 250

/** Sends on a new connection each time. A phone hears of a dead database what it hears of a lost signal: nothing. */
function pushOver(url: string, claims: Claims, deaths: { felt: number }): Call {
  return async (_, batch) => {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('begin')
      await client.query(
        `select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)`,
        [JSON.stringify({ role: 'authenticated', ...claims })],
      )
      const { rows } = await client.query<{ answer: unknown }>(
        'select api.sync_push($1::jsonb) as answer',
        [JSON.stringify(batch)],
      )
      await client.query('commit')
      return { kind: 'ok', body: rows[0]?.answer }
    } catch (error) {
      const { code = '', message = '' } = error as { code?: string; message?: string }
      if (!/^(ECONN|EPIPE|57P|08)/.test(code) && !/connection|timeout/i.test(message)) throw error
      deaths.felt += 1
      return { kind: 'unreachable' }
    } finally {
      void client.end().catch(() => {})
    }
  }
}

test('a server killed in a push loses nothing and books nothing twice', async () => {
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
  phone.call = pushOver(server.url, carlo.claims, deaths)
  const life = { isOver: false }

  const sending = async () => {
    for (let taken = 0; taken < COLLECTIONS; taken += 1) {
      await take(phone, String(subscribers[taken % 4]), 1_000 + taken)
      await push(phone)
    }
    // Until the last death is over, the same is sent once more, as after a lost answer.
    while (!life.isOver) {
      await phone.db.outbox.toCollection().modify({ state: 'waiting' })
      await push(phone)
    }
    while ((await unsentEntries(phone)).length > 0) await push(phone)
  }
  const killing = async () => {
    for (let death = 0; death < DEATHS; death += 1) {
      await sleep(Math.random() * LONGEST_LIFE_MILLISECONDS)
      await server.kill(death % 2 === 0 ? 'SIGKILL' : 'SIGQUIT')
    }
    life.isOver = true
  }
  await Promise.all([sending(), killing()])

  const books = postgres(server.url, { onnotice: () => {}, max: 1 })
  onTestFinished(() => books.end())
  // Else the deaths fell where nothing was sent.
  expect(deaths.felt).toBeGreaterThan(DEATHS / 2)
  expect(
    await books`
      select count(*)::int as payments, count(distinct r.serial)::int as receipts, sum(p.amount_minor)::int as amount
      from collections.payments as p
      join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
      where p.stage = 'posted'`,
  ).toEqual([
    {
      payments: COLLECTIONS,
      receipts: COLLECTIONS,
      amount: COLLECTIONS * 1_000 + (COLLECTIONS * (COLLECTIONS - 1)) / 2,
    },
  ])
  expect(await books`select kind from sync.alarms`).toEqual([])
  expect(await books`select invariant, subject, detail from ledger.offences()`).toEqual([])
}, 180_000)
