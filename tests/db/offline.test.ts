// The phone's own code against the real database: what the collector did offline arrives, once and whole.

import { expect, test } from 'vitest'
import { recordVisit } from '../../app/offline/collect.ts'
import type { BlockRow } from '../../app/offline/database.ts'
import { keepBlocks } from '../../app/offline/outbox.ts'
import { syncOnce } from '../../app/offline/sync.ts'
import { totals } from '../../app/offline/limits.ts'
import { myPayments, unsentEntries } from '../../app/offline/own-payments.ts'
import { listStops } from '../../app/offline/view.ts'
import { ownDatabase } from './database.ts'
import { approveAtOffice, aRoute, type Line, roadPhone, take } from './road.ts'

test('three days and two hundred collections offline, then one sync over a bad line', async () => {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, 20)
  const line: Line = { isUp: true, losesAnswers: 0 }
  const clock = { at: Date.now() - 3 * 86_400_000 }
  const phone = roadPhone(north, carlo, line, clock)

  // Two hundred numbers are lent before the signal goes.
  await approveAtOffice(north, phone)
  const lent = await phone.call('/api/receipts', { device_id: phone.deviceId, wanted: 200 })
  if (lent.kind !== 'ok') throw new Error('No numbers were lent')
  await keepBlocks(phone.db, (lent.body as { blocks: Array<BlockRow> }).blocks)
  expect(await syncOnce(phone)).toBeNull()
  expect(await listStops(phone)).toHaveLength(20)
  phone.clock.offset = 0
  line.isUp = false

  for (let taken = 0; taken < 200; taken += 1) {
    clock.at += 20 * 60_000
    await take(phone, String(subscribers[taken % 20]), 10_000)
  }
  expect(await syncOnce(phone)).toEqual({ kind: 'unreachable' })
  expect(await unsentEntries(phone)).toHaveLength(200)
  const before = (await listStops(phone)).map(({ owedMinor, creditMinor }) => [
    owedMinor,
    creditMinor,
  ])

  clock.at = Date.now()
  line.isUp = true
  for (let tries = 0; tries < 20 && (await unsentEntries(phone)).length > 0; tries += 1) {
    line.losesAnswers = tries % 2
    await syncOnce(phone)
  }
  expect(await syncOnce(phone)).toBeNull()

  const [books] = await own.sql`
    select count(*)::int as payments, sum(p.amount_minor)::int as amount, count(distinct r.serial)::int as receipts
    from collections.payments as p join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
    where p.tenant_id = ${north.id} and p.stage = 'posted'`
  expect(books).toEqual({ payments: 200, amount: 2_000_000, receipts: 200 })
  expect(
    await own.sql`select kind from sync.alarms where tenant_id = ${north.id} and kind <> 'clock_back'`,
  ).toEqual([])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])

  // The phone said at once what the books say now.
  expect(
    (await listStops(phone)).map(({ owedMinor, creditMinor }) => [owedMinor, creditMinor]),
  ).toEqual(before)
  const mine = await myPayments(phone)
  expect(mine).toHaveLength(200)
  expect(new Set(mine.map(({ stage }) => stage))).toEqual(new Set(['posted']))
  expect(await totals(phone)).toMatchObject({ onHandMinor: 2_000_000, unsentCount: 0 })
}, 120_000)

test('a revoked collector keeps the queue, and it arrives when let in again', async () => {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, 2)
  const line: Line = { isUp: true, losesAnswers: 0 }
  const phone = roadPhone(north, carlo, line, { at: Date.now() })
  await approveAtOffice(north, phone)
  await syncOnce(phone)
  await take(phone, String(subscribers[0]), 99_900)
  await recordVisit(phone, {
    id: phone.newId(),
    subscriberId: String(subscribers[1]),
    outcome: 'not_home',
  })

  await north.owner.call('revoke_member', { member_id: carlo.memberId, reason: 'left' })
  expect(await syncOnce(phone)).toEqual({ kind: 'refused', reason: 'not_a_member' })
  expect(await unsentEntries(phone)).toHaveLength(2)

  await north.owner.call('reinstate_member', { member_id: carlo.memberId })
  await own.sql`update access.members set version = 1 where id = ${carlo.memberId}`
  expect(await syncOnce(phone)).toBeNull()
  expect(await unsentEntries(phone)).toEqual([])
  expect(await myPayments(phone)).toMatchObject([{ stage: 'posted', amountMinor: 99_900 }])
  expect(await own.sql`select outcome from collections.visits`).toEqual([{ outcome: 'not_home' }])
})
