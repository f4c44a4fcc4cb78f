// The phone's own code against the real database: what the collector did offline arrives, once and whole.

import { expect, test } from 'vitest'
import { collect, recordVisit } from '../../app/offline/collect.ts'
import type { BlockRow } from '../../app/offline/database.ts'
import { keepBlocks } from '../../app/offline/outbox.ts'
import type { Call, Phone } from '../../app/offline/phone.ts'
import { aProfile, openPhone } from '../../app/offline/story.ts'
import { syncOnce } from '../../app/offline/sync.ts'
import { listStops, myPayments, totals, unsentEntries } from '../../app/offline/view.ts'
import { type Actor, ownDatabase, type OwnDatabase } from './database.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

type Line = { isUp: boolean; losesAnswers: number }

/** The addresses of the phone without the web between: what they do is in app/routes/api. */
function callThrough(person: Actor, line: Line): Call {
  const names: Record<string, (body: unknown) => [string, Record<string, unknown>]> = {
    '/api/device/wiped': (wiped) => ['finish_wipe', wiped as Record<string, unknown>],
    '/api/device': (device) => ['register_device', { device }],
    '/api/receipts': (wish) => ['reserve_receipts', wish as Record<string, unknown>],
    '/api/sync/push': (batch) => ['sync_push', { batch }],
    '/api/sync/pull': (wish) => ['sync_pull', wish as Record<string, unknown>],
  }
  return async (path, body) => {
    const find = names[path]
    if (!line.isUp || !find) return { kind: 'unreachable' }
    try {
      const [name, input] = find(body)
      const answer = await person.call<unknown>(name, input)
      if (line.losesAnswers > 0) {
        line.losesAnswers -= 1
        return { kind: 'unreachable' }
      }
      return { kind: 'ok', body: answer }
    } catch (error) {
      const { code, detail } = error as { code?: string; detail?: string }
      if (!code?.startsWith('PT4')) throw error
      return { kind: 'refused', reason: detail ?? 'refused' }
    }
  }
}

async function aRoute(own: OwnDatabase, doors: number) {
  const north = await signUpTenant('North Fiber', own)
  const carlo = await north.collector()
  const [{ today } = { today: '' }] = await north.owner.read<{ today: string }>('tenant')
  const month = `${today.slice(0, 7)}-01`
  await north.owner.call('save_billing_settings', {
    settings: {
      first_period_on: month,
      collector_unsent_limit: 500,
      collector_unsent_hours: 240,
    },
  })
  const plan = await north.plan({ price_minor: 99_900 })
  const subscribers: Array<string> = []
  for (let door = 0; door < doors; door += 1) {
    const id = await north.subscriber({ name: `Door ${String(door).padStart(3, '0')}` })
    await north.service(id, plan, month)
    subscribers.push(id)
  }
  await north.route(carlo, ...subscribers)
  await north.owner.call('run_billing', { period: month })
  return { north, carlo, subscribers }
}

function phoneOf(north: Tenant, carlo: Person, line: Line, clock: { at: number }): Phone {
  const profile = aProfile({
    user_id: carlo.userId,
    tenant_id: north.id,
    member_id: carlo.memberId,
  })
  const phone = openPhone({ profile, call: callThrough(carlo, line), clock })
  return { ...phone, deviceId: phone.newId() }
}

/** The phone makes itself known, and the office lets it in. */
async function approveAtOffice(north: Tenant, phone: Phone) {
  expect(await syncOnce(phone)).toEqual({ kind: 'refused', reason: 'device_pending' })
  await north.owner.call('approve_device', { device_id: phone.deviceId })
}

const take = (phone: Phone, subscriberId: string, amountMinor: number) =>
  collect(phone, { id: phone.newId(), subscriberId, subscriptionId: null, amountMinor })

test('three days and two hundred collections offline, then one sync over a bad line', async () => {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, 20)
  const line: Line = { isUp: true, losesAnswers: 0 }
  const clock = { at: Date.now() - 3 * 86_400_000 }
  const phone = phoneOf(north, carlo, line, clock)

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
  const phone = phoneOf(north, carlo, line, { at: Date.now() })
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
