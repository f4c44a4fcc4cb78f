import { expect, test } from 'vitest'
import { newId } from './phone'
import { cashRecord } from './cash-record'
import { collect } from './collect'
import { beginCount, cashNow, giveUpCount, handIn, keepCount, openCount, takenSince } from './remit'
import { aServer, aSubscriber, inMirror, MORNING, openPhone, phoneWith, type Server } from './story'
import { syncOnce } from './sync'
import { limits, totals } from './limits'

const ana = aSubscriber()

async function onTheRoad(server: Server = aServer()) {
  const phone = await phoneWith({ subscribers: [ana] }, { call: server.call })
  server.rows = { subscribers: [ana] }
  return phone
}

type Road = Awaited<ReturnType<typeof onTheRoad>>

const take = (phone: Road, amountMinor: number) =>
  collect(phone, { id: phone.newId(), subscriberId: ana.id, subscriptionId: null, amountMinor })

const counted = async (phone: Road, pieces: Record<string, number>) => {
  const count = { ...(await beginCount(phone)), pieces }
  return handIn(phone, count)
}

/** The office as it knows this phone: everything sent is posted, and what was handed in is as told here. */
function posted(server: Server, phone: Road, onHand: number, remittances: Array<object>) {
  server.rows = {
    subscribers: [ana],
    payments: server.commands
      .filter(({ name }) => name === 'record_payment')
      .map((command) => ({
        id: command.id,
        subscriber_id: ana.id,
        receipt_number: null,
        method: 'cash',
        amount_minor: Number(command.input['amount_minor']),
        received_at: command.happened_at,
        recorded_at: command.happened_at,
        stage: 'posted' as const,
      })),
    cash: [{ id: phone.profile.member_id, on_hand_minor: onHand, shortage_minor: 0 }],
    remittances: remittances.map((row) => ({
      id: newId(MORNING),
      declared_at: new Date(MORNING).toISOString(),
      declared_minor: 0,
      state: 'submitted' as const,
      counted_minor: null,
      expected_minor: null,
      counted_at: null,
      note: null,
      reason: null,
      ...row,
    })),
  }
}

test('cash counted offline is handed in once, and what is taken later is carried anew', async () => {
  const phone = await onTheRoad()
  await take(phone, 50_000)
  const count = { ...(await beginCount(phone)), pieces: { 50000: 1 } }
  const [first, again] = [await handIn(phone, count), await handIn(phone, count)]
  expect(again).toEqual(first)
  expect(first).toMatchObject({
    name: 'submit_remittance',
    state: 'waiting',
    input: { declared_minor: 50_000, denominations: { 50000: 1 } },
  })
  expect(await phone.db.outbox.count()).toBe(2)
  expect(await cashNow(phone)).toEqual({ onHandMinor: 0, toCountMinor: 50_000 })
  await take(phone, 12_000)
  expect(await cashNow(phone)).toEqual({ onHandMinor: 12_000, toCountMinor: 50_000 })
})

test('a count goes on where a dead phone left it, and is over when it was handed in', async () => {
  const phone = await onTheRoad()
  const count = await beginCount(phone)
  await keepCount(phone, { ...count, pieces: { 10000: 3 } })
  const reopened = openPhone({ profile: phone.profile })
  expect(await beginCount(reopened)).toEqual({ ...count, pieces: { 10000: 3 } })
  expect((await totals(reopened)).isCounting).toBe(true)

  // The page is killed after the hand-in was written and before the count was put away.
  await handIn(reopened, { id: count.id, pieces: { 10000: 3 } })
  await keepCount(reopened, { ...count, pieces: { 10000: 3 } })
  expect(await openCount(reopened)).toBeNull()
  expect((await beginCount(reopened)).id).not.toBe(count.id)
  await giveUpCount(reopened)
  expect(await openCount(reopened)).toBeNull()
})

test('cash that comes in while somebody counts is not forgotten in the count', async () => {
  const phone = await onTheRoad()
  await take(phone, 50_000)
  const count = await beginCount(phone)
  expect(await takenSince(phone, count)).toBe(0)
  await take(phone, 12_000)
  expect(await takenSince(phone, await beginCount(phone))).toBe(1)
})

test('the hand-in goes out behind the payments it holds and before those taken since', async () => {
  const server = aServer()
  const phone = await onTheRoad(server)
  const before = await take(phone, 50_000)
  const entry = await counted(phone, { 50000: 1 })
  const after = await take(phone, 12_000)
  expect(await syncOnce(phone)).toBeNull()
  expect(server.commands.map(({ id }) => id)).toEqual([
    before.payment_id,
    entry.id,
    after.payment_id,
  ])
})

test('a hand-in whose answer was lost is one', async () => {
  const server = aServer()
  const phone = await onTheRoad(server)
  await take(phone, 50_000)
  await counted(phone, { 50000: 1 })
  await phone.db.meta.put({ key: 'device', value: {} })
  server.faults.push('after')
  expect(await syncOnce(phone)).toMatchObject({ kind: 'unreachable' })
  expect(await syncOnce(phone)).toBeNull()
  expect(server.commands.filter(({ name }) => name === 'submit_remittance')).toHaveLength(1)
})

test('cash is carried, handed in and counted once, whoever knows of it', async () => {
  const server = aServer()
  const phone = await onTheRoad(server)
  await take(phone, 50_000)
  const entry = await counted(phone, { 50000: 1 })
  await take(phone, 12_000)
  posted(server, phone, 0, [])
  // The office has all three; the mirror is from before that.
  await phone.db.meta.put({ key: 'device', value: {} })
  server.faults.push('after')
  await syncOnce(phone)
  expect(await cashNow(phone)).toEqual({ onHandMinor: 12_000, toCountMinor: 50_000 })

  posted(server, phone, 12_000, [{ id: entry.id, declared_minor: 50_000 }])
  await syncOnce(phone)
  expect(await cashNow(phone)).toEqual({ onHandMinor: 12_000, toCountMinor: 50_000 })
  expect((await cashRecord(phone)).days[0]?.handIns).toMatchObject([{ stage: 'to_count' }])

  posted(server, phone, 12_000, [
    {
      id: entry.id,
      declared_minor: 50_000,
      state: 'accepted',
      counted_minor: 49_000,
      expected_minor: 50_000,
      note: 'lost',
    },
  ])
  await syncOnce(phone)
  const { days, ...now } = await cashRecord(phone)
  expect(now).toEqual({ onHandMinor: 12_000, toCountMinor: 0, shortageMinor: 0 })
  expect(days).toMatchObject([
    {
      day: '2026-11-10',
      collectedMinor: 62_000,
      receipts: 2,
      handIns: [{ stage: 'accepted', declaredMinor: 50_000, differenceMinor: -1_000 }],
    },
  ])
})

test('a hand-in the office could not take leaves the cash with the collector', async () => {
  const server = aServer()
  const phone = await onTheRoad(server)
  await take(phone, 50_000)
  const entry = await counted(phone, { 50000: 1 })
  server.parks('invalid_amount', entry.id)
  await phone.db.meta.put({ key: 'device', value: {} })
  server.faults.push('after')
  await syncOnce(phone)
  await phone.db.outbox.change(entry.id, {
    state: 'answered',
    answer: { state: 'parked', reason: 'invalid_amount' },
  })
  expect(await cashNow(phone)).toEqual({ onHandMinor: 50_000, toCountMinor: 0 })
  expect((await cashRecord(phone)).days[0]?.handIns).toMatchObject([{ stage: 'refused' }])
})

test('what is handed in and not counted still weighs on the limit', async () => {
  const phone = await onTheRoad()
  await inMirror(phone, {
    settings: [
      {
        id: phone.profile.tenant_id,
        trade_name: 'North Fiber',
        legal_name: null,
        tin: null,
        address: null,
        phone: null,
        time_zone: 'Asia/Manila',
        currency: 'PHP',
        brand_color: null,
        cash_limit_minor: 60_000,
        unsent_limit: 60,
        unsent_hours: 72,
      },
    ],
  })
  await take(phone, 50_000)
  await counted(phone, { 50000: 1 })
  expect(await limits(phone)).toEqual({ state: 'warn', reasons: ['cash'] })
  await take(phone, 10_000)
  expect(await limits(phone)).toEqual({ state: 'stop', reasons: ['cash'] })
})
