// Eight phones at once, two windows each, on a line that loses answers: each command arrives ten times and counts once.

import { expect, test } from 'vitest'
import type { Call, Phone } from '../../../app/offline/phone.ts'
import { push } from '../../../app/offline/push.ts'
import { openPhone } from '../../../app/offline/story.ts'
import { syncOnce } from '../../../app/offline/sync.ts'
import { unsentEntries } from '../../../app/offline/own-payments.ts'
import { type OwnDatabase, ownDatabase } from '../database.ts'
import { uuid7 } from '../ids.ts'
import { approveAtOffice, aRoute, callThrough, roadPhone, take } from '../road.ts'

const COLLECTIONS = 12

type Batch = { commands: Array<{ id: string }> }
type Storm = { phones: number; deliveries: number }

/** Loses every third call or answer at random, and every answer about what has not arrived so often. */
function inStorm(call: Call, arrivals: Map<string, number>, deliveries: number): Call {
  return async (path, body) => {
    if (path !== '/api/sync/push') return call(path, body)
    if (Math.random() < 1 / 3) return { kind: 'unreachable' }
    const reply = await call(path, body)
    if (reply.kind !== 'ok') return reply
    const ids = (body as Batch).commands.map(({ id }) => id)
    for (const id of ids) arrivals.set(id, (arrivals.get(id) ?? 0) + 1)
    const isEnough = ids.every((id) => (arrivals.get(id) ?? 0) >= deliveries)
    return isEnough && Math.random() > 1 / 3 ? reply : { kind: 'unreachable' }
  }
}

/** A phone as most are built: each try is a new command. */
function forgetful(call: Call): Call {
  return async (path, body) => {
    if (path !== '/api/sync/push') return call(path, body)
    const { commands } = body as Batch
    const sent = commands.map((command) => ({ ...command, id: uuid7() }))
    const reply = await call(path, { ...(body as Batch), commands: sent })
    if (reply.kind !== 'ok') return reply
    const { results } = reply.body as { results: Array<object> }
    return {
      kind: 'ok',
      body: { results: results.map((result, at) => ({ ...result, id: commands[at]?.id })) },
    }
  }
}

/** What each collector's cash comes to in the books, once the storm is over and every phone has sent all. */
async function weather(storm: Storm, own: OwnDatabase, fault = (call: Call) => call) {
  const { north, carlo, subscribers } = await aRoute(own, storm.phones)
  const collectors = [carlo]
  while (collectors.length < storm.phones) {
    collectors.push(await north.collector(`C${collectors.length}`))
  }
  const arrivals = new Map<string, number>()

  const walk = async (at: number) => {
    const collector = collectors[at] ?? carlo
    const line = { isUp: true, losesAnswers: 0 }
    const clock = { at: Date.now() }
    const phone = roadPhone(north, collector, line, clock)
    await approveAtOffice(north, phone)
    await north.route(collector, String(subscribers[at]))
    expect(await syncOnce(phone)).toBeNull()

    phone.call = inStorm(fault(callThrough(collector, line)), arrivals, storm.deliveries)
    const { profile, deviceId, call } = phone
    const second: Phone = { ...openPhone({ profile, call, clock }), deviceId }
    for (let taken = 0; taken < COLLECTIONS; taken += 1) {
      await take(taken % 2 ? phone : second, String(subscribers[at]), 1_000 + taken)
      await Promise.all([push(phone), push(second)])
    }
    while ((await unsentEntries(phone)).length > 0) await Promise.all([push(phone), push(second)])
    expect(await phone.db.outbox.list()).toHaveLength(COLLECTIONS)
  }
  await Promise.all(collectors.map((_, at) => walk(at)))

  expect(arrivals.size).toBe(storm.phones * COLLECTIONS)
  expect(Math.min(...arrivals.values())).toBeGreaterThanOrEqual(storm.deliveries)
  const sums = await own.sql`
    select count(*)::int as payments, count(distinct r.number)::int as receipts, sum(p.amount_minor)::int as amount,
      bool_and(p.stage = 'posted') as are_posted
    from collections.payments as p
    left join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
    where p.tenant_id = ${north.id} group by p.received_by`
  return { north, sums }
}

const SUM = COLLECTIONS * 1_000 + (COLLECTIONS * (COLLECTIONS - 1)) / 2

test('a storm of retries doubles nothing and loses nothing', async () => {
  const own = await ownDatabase()
  const { north, sums } = await weather({ phones: 8, deliveries: 10 }, own)
  expect(sums).toEqual(
    Array.from({ length: 8 }, () => ({
      payments: COLLECTIONS,
      receipts: COLLECTIONS,
      amount: SUM,
      are_posted: true,
    })),
  )
  expect(await own.sql`select kind from sync.alarms`).toEqual([])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
}, 120_000)

test('the storm sees cash doubled when each try is a new command', async () => {
  const own = await ownDatabase()
  const { sums } = await weather({ phones: 1, deliveries: 3 }, own, forgetful)
  expect(Number(sums[0]?.['payments'])).toBeGreaterThanOrEqual(3 * COLLECTIONS)
  expect(Number(sums[0]?.['amount'])).toBeGreaterThanOrEqual(3 * SUM)
  // And no paper bears a number of another one even then.
  expect(sums).toMatchObject([{ receipts: COLLECTIONS, are_posted: false }])
}, 120_000)
