// Two payments that may be one are shown to a person, and settled by somebody who took neither.

import { beforeEach, expect, test } from 'vitest'
import { setClock } from './database.ts'
import { bill, billedSubscriber, NOON, phoneOf, type Phone } from './field.ts'
import { uuid7 } from './ids.ts'
import { expectSound } from './money.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

let north: Tenant
let carlo: Person
let his: Phone
let ana: string

beforeEach(async () => {
  await setClock('2026-10-15T04:00:00Z')
  north = await signUpTenant('North Fiber')
  carlo = await north.collector()
  ana = await billedSubscriber(north, carlo)
  await setClock('2026-11-01T04:00:00Z')
  await bill(north)
  await setClock(NOON)
  his = await phoneOf(carlo)
})

const at = (hour: string) => ({ happened_at: `2026-11-${hour}:00Z` })
const take = (phone: Phone, amount: number, hour: string, input = {}) =>
  phone.send({ ...phone.payment(ana, amount, input), ...at(hour) })
const counter = (person: Person, amount: number, more = {}) =>
  person.call<{ payment_id: string }>('record_payment', {
    payment: { id: uuid7(), subscriber_id: ana, method: 'cash', amount_minor: amount, ...more },
  })
const doubles = () => north.owner.read('doubles')
const settle = (person: Person, more: Record<string, unknown>) =>
  person.call('settle_double', { decision: 'both_right', note: 'She paid two months', ...more })

test('the collector and the counter took the same amount: the one that came second is shown, whichever it is', async () => {
  const cashier = await north.member('payments.record')
  await counter(cashier, 99_900, { received_at: '2026-11-10T03:00:00Z' })
  const late = await take(his, 99_900, '10T01:00')
  expect(await doubles()).toMatchObject([
    {
      id: late.id,
      kind: 'two_people',
      state: 'waiting',
      amount_minor: 99_900,
      other_amount_minor: 99_900,
      received_by: carlo.memberId,
      other_received_by: cashier.memberId,
      receipt_number: expect.any(String),
    },
  ])
})

test('another amount is shown where one of the two had nothing to pay, and not where both paid their part', async () => {
  await counter(north.owner, 40_000, { received_at: '2026-11-10T02:00:00Z' })
  await take(his, 60_000, '10T03:00') // a peso more than was left
  expect(await doubles()).toEqual([])
  const beyond = await counter(north.owner, 30_000)
  expect(await doubles()).toMatchObject([{ id: beyond.payment_id, kind: 'two_people' }])
})

test('the same amount twice, on one visit or in a day, and a wrong amount taken once more', async () => {
  await take(his, 20_000, '10T01:00')
  const again = await take(his, 20_000, '10T01:20')
  const evening = await take(his, 20_000, '10T03:30')
  const mistyped = await take(his, 9_990, '09T01:00')
  expect(await doubles()).toMatchObject([
    { id: again.id, kind: 'one_visit' },
    { id: evening.id, kind: 'one_day' },
  ])
  const right = await take(his, 99_900, '09T01:10')
  expect(await doubles()).toMatchObject([
    {},
    {},
    { id: right.id, other_id: mistyped.id, kind: 'one_visit' },
  ])
})

test('cash that is written down once more as a wallet is shown where nothing was left for it', async () => {
  await counter(north.owner, 99_900, { received_at: '2026-11-10T02:00:00Z' })
  const wallet = await counter(north.owner, 99_900, { method: 'gcash', reference: 'G1' })
  expect(await doubles()).toMatchObject([{ id: wallet.payment_id, kind: 'one_day' }])
})

test('what one visit settles in parts, and a family pays for each of its services, is no double', async () => {
  await take(his, 20_000, '10T01:00')
  await take(his, 79_900, '10T01:05') // what was left
  expect(await doubles()).toEqual([])

  const ben = await billedSubscriber(north, carlo)
  const [first] = await north.owner.read('subscriptions', { subscriber_id: ben })
  await north.service(ben, String(first?.plan_id), '2026-10-15')
  await setClock('2026-12-01T04:00:00Z')
  await bill(north, '2026-12-01')
  const pay = (hour: string) =>
    his.send({ ...his.payment(ben, 99_900), happened_at: `2026-12-01T${hour}:00Z` })
  await pay('02:00')
  await pay('02:10')
  expect(await doubles()).toEqual([])
  const third = await pay('02:20')
  expect(await doubles()).toMatchObject([{ id: third.id, kind: 'one_visit' }])
})

test('prepaid time bought twice is shown, and not more time or time bought anew', async () => {
  const plan = await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 90_000 })
  const ben = await north.subscriber({ name: 'Ben' })
  await north.route(carlo, ana, ben)
  const service = await north.service(ben, plan, '2026-11-01')
  const buy = (amount: number, hour: string) =>
    his.send({ ...his.payment(ben, amount, { subscription_id: service }), ...at(hour) })
  await buy(3_000, '08T01:00') // a day
  await buy(3_000, '08T23:00') // and the next
  await buy(6_000, '08T23:05') // two days more
  expect(await doubles()).toEqual([])
  const again = await buy(6_000, '08T23:10')
  expect(await doubles()).toMatchObject([{ id: again.id, kind: 'one_visit' }])
})

test('what is clearly two is not shown', async () => {
  await take(his, 20_000, '08T01:00')
  await take(his, 25_000, '08T01:10')
  await take(his, 20_000, '09T05:00') // a day later, and an hour
  const prepaid = await north.service(
    ana,
    await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 20_000 }),
    '2026-11-01',
  )
  await take(his, 20_000, '09T05:10', { subscription_id: prepaid }) // for another service
  await counter(north.owner, 2_000, { method: 'gcash', reference: 'G1' })
  await counter(north.owner, 2_000, { method: 'gcash', reference: 'G2' }) // each has a number of its own
  const [first] = await north.owner.read('payments', { received_by: carlo.memberId })
  await north.owner.call('request_void', { payment_id: first?.id, reason: 'wrong' })
  expect(await doubles()).toEqual([])
})

test('cash that gets its name later is compared then', async () => {
  await take(his, 99_900, '10T01:00')
  const sent = his.payment(uuid7(), 99_900)
  await his.send({ ...sent, ...at('10T03:00') })
  expect(await doubles()).toEqual([])
  await north.owner.call('settle_parked', { command_id: sent.id, subscriber_id: ana })
  expect(await doubles()).toMatchObject([{ id: sent.id, kind: 'one_day' }])
})

test('a person says what it was, with a reason, once', async () => {
  await take(his, 20_000, '10T01:00')
  const { id } = await take(his, 20_000, '10T01:20')

  await expect(settle(north.owner, { double_id: id, note: ' ' })).rejects.toMatchObject({
    detail: 'reason_missing',
  })
  await expect(settle(north.owner, { double_id: id, decision: 'x' })).rejects.toMatchObject({
    detail: 'invalid_decision',
  })
  await settle(north.owner, { double_id: id })
  expect(await doubles()).toMatchObject([
    { state: 'settled', decision: 'both_right', note: 'She paid two months' },
  ])
  await expect(settle(north.owner, { double_id: id })).rejects.toMatchObject({
    code: 'PT409',
    detail: 'already_settled',
  })
})

test('one of the two is asked to be voided, and a second person decides; the pair is settled', async () => {
  const first = await take(his, 20_000, '10T01:00')
  const { id } = await take(his, 20_000, '10T01:20')
  const clerk = await north.member('collections.settle', 'payments.request_void', 'payments.read')
  const asked = { double_id: id, decision: 'void_asked', note: 'Tapped twice' }

  await expect(settle(clerk, asked)).rejects.toMatchObject({ detail: 'payment_missing' })
  await expect(settle(clerk, { ...asked, void_id: uuid7() })).rejects.toMatchObject({
    detail: 'payment_missing',
  })
  await settle(clerk, { ...asked, void_id: first.id })
  const [request] = await north.owner.read('void_requests')
  expect(request).toMatchObject({ payment_id: first.id, reason: 'Tapped twice', state: 'open' })
  await north.owner.call('approve_void', { request_id: request?.id })
  expect(await doubles()).toMatchObject([{ state: 'settled', other_stage: 'void' }])
  await expectSound(north)
})

test('who may not ask for a void leaves the pair as it is', async () => {
  await take(his, 20_000, '10T01:00')
  const { id } = await take(his, 20_000, '10T01:20')
  const clerk = await north.member('collections.settle')
  await expect(
    settle(clerk, { double_id: id, decision: 'void_asked', void_id: id }),
  ).rejects.toMatchObject({ code: 'PT403' })
  await expect(settle(carlo, { double_id: id })).rejects.toMatchObject({ code: 'PT403' })
  expect(await doubles()).toMatchObject([{ state: 'waiting' }])
})

test('who took one of them has no word, and sees none of it without the right', async () => {
  const both = await north.member('payments.record', 'payments.read', 'collections.settle')
  await take(his, 99_900, '10T01:00')
  const { payment_id } = await counter(both, 99_900)
  await expect(settle(both, { double_id: payment_id })).rejects.toMatchObject({
    code: 'PT403',
    detail: 'second_person_needed',
  })
  expect(await both.read('doubles')).toEqual([])
})

test('a pair of which one is void already waits for nobody', async () => {
  await take(his, 20_000, '10T01:00')
  const { id } = await take(his, 20_000, '10T01:20')
  const clerk = await north.member('payments.request_void')
  const { request_id } = await clerk.call<{ request_id: string }>('request_void', {
    payment_id: id,
    reason: 'Tapped twice',
  })
  await north.owner.call('approve_void', { request_id })
  expect(await doubles()).toMatchObject([{ state: 'void' }])
})
