// Eight phones at once, two windows each, on a line that loses answers: each command arrives ten times and counts once.

import { expect, test } from 'vitest'
import type { Call, Phone } from '../../../app/offline/phone.ts'
import { push } from '../../../app/offline/push.ts'
import { openPhone } from '../../../app/offline/story.ts'
import { syncOnce } from '../../../app/offline/sync.ts'
import { unsentEntries } from '../../../app/offline/view.ts'
import { ownDatabase } from '../database.ts'
import { approveAtOffice, aRoute, callThrough, roadPhone, take } from '../road.ts'

const PHONES = 8
const COLLECTIONS = 12
const DELIVERIES = 10

type Batch = { commands: Array<{ id: string }> }

/** Loses every third call or answer at random, and every answer about what has not arrived ten times. */
function storm(call: Call, arrivals: Map<string, number>): Call {
  return async (path, body) => {
    if (path !== '/api/sync/push') return call(path, body)
    if (Math.random() < 1 / 3) return { kind: 'unreachable' }
    const reply = await call(path, body)
    if (reply.kind !== 'ok') return reply
    const ids = (body as Batch).commands.map(({ id }) => id)
    for (const id of ids) arrivals.set(id, (arrivals.get(id) ?? 0) + 1)
    const isEnough = ids.every((id) => (arrivals.get(id) ?? 0) >= DELIVERIES)
    return isEnough && Math.random() > 1 / 3 ? reply : { kind: 'unreachable' }
  }
}

test('a storm of retries doubles nothing and loses nothing', async () => {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, PHONES)
  const collectors = [carlo]
  while (collectors.length < PHONES) collectors.push(await north.collector(`C${collectors.length}`))
  const arrivals = new Map<string, number>()

  const walk = async (at: number) => {
    const collector = collectors[at] ?? carlo
    const line = { isUp: true, losesAnswers: 0 }
    const clock = { at: Date.now() }
    const phone = roadPhone(north, collector, line, clock)
    await approveAtOffice(north, phone)
    await north.route(collector, String(subscribers[at]))
    expect(await syncOnce(phone)).toBeNull()

    phone.call = storm(callThrough(collector, line), arrivals)
    const { profile, deviceId, call } = phone
    const second: Phone = { ...openPhone({ profile, call, clock }), deviceId }
    for (let taken = 0; taken < COLLECTIONS; taken += 1) {
      await take(taken % 2 ? phone : second, String(subscribers[at]), 1_000 + taken)
      await Promise.all([push(phone), push(second)])
    }
    while ((await unsentEntries(phone)).length > 0) await Promise.all([push(phone), push(second)])
    expect(await phone.db.outbox.toArray()).toHaveLength(COLLECTIONS)
  }
  await Promise.all(collectors.map((_, at) => walk(at)))

  expect(arrivals.size).toBe(PHONES * COLLECTIONS)
  expect(Math.min(...arrivals.values())).toBeGreaterThanOrEqual(DELIVERIES)
  const sum = COLLECTIONS * 1_000 + (COLLECTIONS * (COLLECTIONS - 1)) / 2
  expect(
    await own.sql`
      select count(*)::int as payments, count(distinct r.number)::int as receipts, sum(p.amount_minor)::int as amount,
        bool_and(p.stage = 'posted') as are_posted
      from collections.payments as p
      left join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
      where p.tenant_id = ${north.id} group by p.received_by`,
  ).toEqual(
    collectors.map(() => ({
      payments: COLLECTIONS,
      receipts: COLLECTIONS,
      amount: sum,
      are_posted: true,
    })),
  )
  expect(await own.sql`select kind from sync.alarms`).toEqual([])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
}, 120_000)
