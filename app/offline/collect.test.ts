import { expect, test } from 'vitest'
import type { Day } from '~/domain/calendar'
import { collect, CollectRefusal, fixContact, preview, recordPromise, recordVisit } from './collect'
import {
  aBlock,
  inMirror,
  anInvoice,
  aProfile,
  aServer,
  aSubscriber,
  MORNING,
  openPhone,
  phoneWith,
} from './story'
import { syncOnce } from './sync'
import { limits, totals } from './limits'
import { myPayments, unsentEntries } from './own-payments'
import { goOnFinding, listStops, subscriberCard } from './view'
import type { SettingsRow, SubscriptionRow } from './database'

const ana = aSubscriber()

const cash = (phone: { newId: () => string }, amountMinor: number) => ({
  id: phone.newId(),
  subscriberId: ana.id,
  subscriptionId: null,
  amountMinor,
})

const settings = (phone: { profile: { tenant_id: string } }, changed: Partial<SettingsRow>) => ({
  id: phone.profile.tenant_id,
  trade_name: 'North Fiber',
  legal_name: null,
  tin: null,
  address: null,
  phone: null,
  time_zone: 'Asia/Manila',
  currency: 'PHP',
  brand_color: null,
  cash_limit_minor: null,
  unsent_limit: 60,
  unsent_hours: 72,
  ...changed,
})

const prepaid: SubscriptionRow = {
  id: 'service',
  subscriber_id: ana.id,
  label: null,
  state: 'active',
  billing_mode: 'prepaid',
  plan_name: 'Prepaid 30',
  price_minor: 90_000,
  prepaid_days: 30,
  paid_until: null,
  is_on: true,
  reasons: [],
}

test('cash gives a numbered receipt that says what it paid, with no signal', async () => {
  const phone = await phoneWith({ subscribers: [ana], invoices: [anInvoice(ana)] })
  const receipt = await collect(phone, cash(phone, 115_000))

  expect(receipt).toMatchObject({
    number: 'R-000001',
    amount_minor: 115_000,
    subscriber_name: 'Ana Reyes',
    collector_name: 'Carlo Collector',
    effect: { applies: [{ number: 'INV-000001', settles: true }], credit_minor: 15_000 },
  })
  expect(await unsentEntries(phone)).toMatchObject([
    {
      id: receipt.payment_id,
      device_seq: 1,
      name: 'record_payment',
      state: 'waiting',
      prev_hash: '',
      input: { amount_minor: 115_000, serial: 1, number: 'R-000001' },
    },
  ])
  expect(await myPayments(phone)).toMatchObject([{ number: 'R-000001', stage: 'on_phone' }])
})

test('a second tap is the same payment, however fast it comes', async () => {
  const phone = await phoneWith({ subscribers: [ana] })
  const tap = cash(phone, 50_000)
  const receipts = await Promise.all([
    collect(phone, tap),
    collect(phone, tap),
    collect(phone, tap),
  ])

  expect(new Set(receipts.map(({ number }) => number))).toEqual(new Set(['R-000001']))
  expect(await phone.db.outbox.count()).toBe(1)
})

test('two windows use no number twice and leave no gap', async () => {
  const profile = aProfile()
  const one = await phoneWith({ subscribers: [ana] }, { profile })
  const two = openPhone({ profile })
  await Promise.all(
    Array.from({ length: 10 }, (_, at) => collect(at % 2 ? one : two, cash(one, 1_000 + at))),
  )

  const entries = await unsentEntries(one)
  expect(entries.map(({ device_seq }) => device_seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(new Set(entries.map(({ input }) => input['serial'])).size).toBe(10)
  entries.slice(1).forEach((entry, at) => expect(entry.prev_hash).toBe(entries[at]?.hash))
})

test('payments play on top of the mirror, one after the other', async () => {
  const october = anInvoice(ana, { number: 'INV-1', due_on: '2026-10-11', period: '2026-10-01' })
  const november = anInvoice(ana, { number: 'INV-2' })
  const phone = await phoneWith({ subscribers: [ana], invoices: [november, october] })

  await collect(phone, cash(phone, 150_000))
  expect(await preview(phone, cash(phone, 80_000))).toMatchObject({
    applies: [{ number: 'INV-2', amount_minor: 50_000, settles: true, left_minor: 0 }],
    credit_minor: 30_000,
    open_after_minor: 0,
  })
  expect(await listStops(phone)).toMatchObject([
    { owedMinor: 50_000, oldestDueOn: '2026-11-11', takenTodayMinor: 150_000 },
  ])
  expect(await subscriberCard(phone, ana.id)).toMatchObject({
    owedMinor: 50_000,
    payments: [{ amountMinor: 150_000, stage: 'on_phone' }],
  })
})

test('an invoice of a period that has not begun is left alone', async () => {
  const phone = await phoneWith({
    subscribers: [ana],
    invoices: [anInvoice(ana, { period: '2026-12-01', due_on: '2026-12-11' })],
  })

  expect(await preview(phone, cash(phone, 100_000))).toMatchObject({
    applies: [],
    credit_minor: 100_000,
    open_after_minor: 100_000,
  })
})

test('what is left after the invoices buys prepaid time, from the end of what is paid', async () => {
  const phone = await phoneWith({
    subscribers: [ana],
    invoices: [anInvoice(ana, { balance_minor: 10_000 })],
    subscriptions: [{ ...prepaid, paid_until: '2026-11-20T00:00:00.000Z' }],
  })
  const sale = { ...cash(phone, 55_000), subscriptionId: prepaid.id }

  expect((await collect(phone, sale)).effect).toMatchObject({
    applies: [{ amount_minor: 10_000 }],
    prepaid: {
      seconds: 15 * 86_400,
      starts_at: '2026-11-20T00:00:00.000Z',
      ends_at: '2026-12-05T00:00:00.000Z',
      amount_minor: 45_000,
    },
    credit_minor: 0,
  })
  expect(await listStops(phone)).toMatchObject([{ paidUntilOn: '2026-12-05', isOn: true }])
  expect(
    await preview(phone, { ...cash(phone, 90_000), subscriptionId: prepaid.id }),
  ).toMatchObject({ prepaid: { starts_at: '2026-12-05T00:00:00.000Z' } })
})

test('prepaid time that ran out means suspended, whatever the mirror last heard', async () => {
  const phone = await phoneWith({
    subscribers: [ana],
    subscriptions: [{ ...prepaid, paid_until: '2026-11-09T00:00:00.000Z' }],
  })

  expect(await listStops(phone)).toMatchObject([{ status: 'suspended', isOn: false }])
})

test('without receipt numbers no cash is taken, and none is written', async () => {
  const phone = await phoneWith({ subscribers: [ana] }, { block: aBlock(1) })
  await collect(phone, cash(phone, 1_000))

  await expect(collect(phone, cash(phone, 1_000))).rejects.toMatchObject({
    reason: 'no_receipt_numbers',
  })
  expect(await phone.db.outbox.count()).toBe(1)
  expect(await limits(phone)).toEqual({ state: 'stop', reasons: ['receipts'] })
})

test.each([0, -1, 1.5, Number.NaN, 10 ** 12])('an amount of %s is no cash', async (amount) => {
  const phone = await phoneWith({ subscribers: [ana] })

  await expect(collect(phone, cash(phone, amount))).rejects.toBeInstanceOf(CollectRefusal)
  expect(await phone.db.outbox.count()).toBe(0)
})

test('the phone warns near its limits and stops at them', async () => {
  const clock = { at: MORNING }
  const phone = await phoneWith({ subscribers: [ana] }, { clock })
  await inMirror(phone, { settings: [settings(phone, { unsent_limit: 5, unsent_hours: 10 })] })

  for (let taken = 0; taken < 4; taken += 1) await collect(phone, cash(phone, 1_000))
  expect(await limits(phone)).toEqual({ state: 'warn', reasons: ['unsent_count'] })
  clock.at += 10 * 3_600_000
  expect(await limits(phone)).toEqual({ state: 'stop', reasons: ['unsent_age'] })
  await expect(collect(phone, cash(phone, 1))).rejects.toMatchObject({ reason: 'limit_reached' })
})

test('cash in hand counts what the ledger knows and what is only here', async () => {
  const phone = await phoneWith({ subscribers: [ana] })
  await inMirror(phone, { settings: [settings(phone, { cash_limit_minor: 100_000 })] })
  await inMirror(phone, {
    cash: [{ id: phone.profile.member_id, shortage_minor: 0, on_hand_minor: 70_000 }],
  })
  expect(await limits(phone)).toMatchObject({ state: 'fine' })

  await collect(phone, cash(phone, 30_000))
  expect(await totals(phone)).toMatchObject({
    onHandMinor: 100_000,
    todayMinor: 30_000,
    todayCount: 1,
    unsentCount: 1,
    receiptsLeft: 99,
  })
  expect(await limits(phone)).toEqual({ state: 'stop', reasons: ['cash'] })
})

test('doors are found by the beginnings of name, account and place, without accents', async () => {
  const nunez = aSubscriber({
    name: 'José Nuñez',
    account_no: 'CDO-2',
    address: 'Zone 1, Carmen',
    position: 2,
  })
  const phone = await phoneWith({ subscribers: [ana, nunez] })
  const found = async (search: string) => (await listStops(phone, { search })).map(({ id }) => id)

  expect(await found('')).toEqual([ana.id, nunez.id])
  expect(await found('jose nun')).toEqual([nunez.id])
  expect(await found('CARM')).toEqual([nunez.id])
  expect(await found('cdo')).toEqual([ana.id, nunez.id])
  expect(await found('ana carmen')).toEqual([])

  // While somebody types, and takes letters back.
  const stops = await listStops(phone)
  const find = goOnFinding()
  const keys = ['c', 'ca', 'c', 'cd', 'cdo 1', 'cdo ', '', 'nuñ']
  const typed = keys.map((key) => find(stops, key).map(({ id }) => id))
  expect(typed).toEqual(await Promise.all(keys.map(found)))
})

test('a visit and a promise show at the door and on the list of what is done', async () => {
  const ben = aSubscriber({ name: 'Ben Cruz', position: 2 })
  const phone = await phoneWith({
    subscribers: [ana, ben],
    invoices: [anInvoice(ana), anInvoice(ben)],
  })
  await recordVisit(phone, { id: phone.newId(), subscriberId: ana.id, outcome: 'not_home' })
  await recordPromise(phone, {
    id: phone.newId(),
    subscriberId: ana.id,
    promisedOn: '2026-11-12',
  })

  expect(await listStops(phone, { show: 'done' })).toMatchObject([
    { id: ana.id, visit: { outcome: 'promised', promisedOn: '2026-11-12' } },
  ])
  expect(await listStops(phone, { show: 'owes' })).toHaveLength(2)
  expect((await subscriberCard(phone, ana.id))?.visits).toHaveLength(2)
})

test('what is put right at a door shows here at once, the last word last', async () => {
  const phone = await phoneWith({ subscribers: [aSubscriber({ ...ana, phone: '0917' })] })
  const fix = { subscriberId: ana.id }
  const place = { latitude: 8.4771234567, longitude: 124.6 }
  await fixContact(phone, { ...fix, id: phone.newId(), phone: '0918', landmark: 'Blue gate' })
  await fixContact(phone, { ...fix, id: phone.newId(), phone: '0919', place })

  const right = { latitude: 8.477123, longitude: 124.6 }
  expect((await subscriberCard(phone, ana.id))?.subscriber).toMatchObject({
    phone: '0919',
    landmark: 'Blue gate',
    ...right,
  })
  expect(await listStops(phone)).toMatchObject([right])
  expect((await unsentEntries(phone)).map(({ input }) => input)).toEqual([
    { subscriber_id: ana.id, phone: '0918', landmark: 'Blue gate' },
    { subscriber_id: ana.id, phone: '0919', ...right },
  ])
})

test('what the office heard and took shows at the door: a promise still open, and the last payments', async () => {
  const promise = {
    id: 'promise',
    subscriber_id: ana.id,
    promised_on: '2026-11-13',
    amount_minor: 50_000,
    state: 'open' as const,
    made_at: '2026-11-08T01:00:00Z',
  }
  const counter = {
    id: 'counter',
    subscriber_id: ana.id,
    method: 'gcash',
    amount_minor: 20_000,
    received_at: '2026-11-09T01:00:00Z',
    stage: 'posted' as const,
  }
  const phone = await phoneWith({ subscribers: [ana], promises: [promise], paid: [counter] })
  const own = await collect(phone, cash(phone, 10_000))
  await inMirror(phone, {
    paid: [{ ...counter, id: own.payment_id, method: 'cash', received_at: own.received_at }],
  })

  const card = await subscriberCard(phone, ana.id)
  expect(card?.payments.map(({ id }) => id)).toEqual([own.payment_id])
  expect(card?.paid).toMatchObject([{ id: 'counter', method: 'gcash', amountMinor: 20_000 }])
  expect(card?.visits).toMatchObject([{ promisedOn: '2026-11-13', isOpen: true, isOwn: false }])
  expect((await listStops(phone))[0]?.visit).toMatchObject({ promisedOn: '2026-11-13' })
})

test('a promise the office could not take, or that is over, holds nobody off', async () => {
  const server = aServer({ subscribers: [ana] })
  const clock = { at: MORNING }
  const phone = await phoneWith({ subscribers: [ana] }, { call: server.call, clock })
  const [refused, over] = [phone.newId(), phone.newId()]
  await recordPromise(phone, { id: refused, subscriberId: ana.id, promisedOn: '2027-11-13' })
  clock.at += 60_000
  await recordPromise(phone, { id: over, subscriberId: ana.id, promisedOn: '2026-11-14' })
  expect((await subscriberCard(phone, ana.id))?.visits.map(({ isOpen }) => isOpen)).toEqual([
    true,
    true,
  ])

  server.parks('promise_too_far', refused)
  await syncOnce(phone)
  expect((await subscriberCard(phone, ana.id))?.visits).toMatchObject([
    { id: over, isOpen: false, isParked: false },
    { id: refused, isOpen: false, isParked: true },
  ])
})

test('a promise that was broken in the last sixty days is told at the door, and holds nobody off', async () => {
  const broken = (id: string, promised_on: Day, amount_minor: number | null) => ({
    ...{ id, subscriber_id: ana.id, promised_on, amount_minor },
    ...{ state: 'broken' as const, made_at: '2026-08-01T01:00:00Z' },
  })
  const promises = [broken('last', '2026-10-12', 50_000), broken('old', '2026-09-10', null)]
  const server = aServer({ subscribers: [ana], promises })
  const phone = await phoneWith({}, { call: server.call })
  await syncOnce(phone)

  expect((await subscriberCard(phone, ana.id))?.visits).toMatchObject([
    { promisedOn: '2026-10-12', promisedMinor: 50_000, isBroken: true, isOpen: false },
  ])
  expect((await listStops(phone))[0]?.visit).toBeNull()
})
