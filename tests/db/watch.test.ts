// The watch on the field: each pattern injected once, and a collector who does none of it shows nothing.

import { beforeEach, expect, test } from 'vitest'
import { setClock } from './database.ts'
import { billedSubscriber, NOON, phoneOf, type Phone } from './field.ts'
import { uuid7 } from './ids.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

const HOME = { latitude: 8.4822, longitude: 124.6472 }

let north: Tenant
let carlo: Person
let dina: Person
let his: Phone
let hers: Phone
let doors: Array<string>

beforeEach(async () => {
  await setClock('2026-10-15T04:00:00Z')
  north = await signUpTenant('North Fiber')
  carlo = await north.collector('Carlo Cruz')
  dina = await north.collector('Dina Diaz')
  await billedSubscriber(north, carlo)
  doors = []
  for (let door = 0; door < 8; door += 1) {
    doors.push(await north.subscriber({ name: `Door ${door}`, ...HOME }))
  }
  await setClock(NOON)
  his = await phoneOf(carlo)
  hers = await phoneOf(dina)
})

type Finding = { kind: string; member_id: string; facts: Record<string, unknown> } & Record<
  string,
  unknown
>
const watch = (more: Record<string, unknown> = {}) =>
  north.owner.call<Array<Finding>>('watch', {
    from_on: '2026-11-01',
    until_on: '2026-11-30',
    ...more,
  })

/** Cash at a door at noon of a day of November, sent at once unless told otherwise. */
async function take(phone: Phone, day: number, door: number, more: Record<string, unknown> = {}) {
  const when = `2026-11-${String(day).padStart(2, '0')}T04:00:00Z`
  const { happened_at = when, heard_at = happened_at, ...input } = more
  await setClock(String(heard_at))
  const sent = phone.payment(doors[door % doors.length] ?? null, 10_000 + door, input)
  const answer = await phone.send({ ...sent, happened_at: String(happened_at) })
  expect(answer.state).toBe('applied')
  return answer.id
}

async function handIn(collector: Person, day: number, hour: string, counted?: number) {
  await setClock(`2026-11-${String(day).padStart(2, '0')}T${hour}:00Z`)
  const id = uuid7()
  const [row] = await north.owner.read<{ on_hand_minor: number }>('collectors', {
    id: collector.memberId,
  })
  const held = Number(row?.on_hand_minor)
  await collector.call('submit_remittance', { remittance: { id, declared_minor: counted ?? held } })
  await north.owner.call('count_remittance', { remittance_id: id, counted_minor: counted ?? held })
  if (counted !== undefined) {
    const approver = await north.member('remittances.approve', 'collections.read')
    await approver.call('approve_variance', { remittance_id: id, note: 'counted twice' })
  }
  return id
}

test('a clean collector shows nothing, however long', async () => {
  for (let day = 2; day <= 8; day += 1) {
    await take(his, day, day, HOME)
    await take(hers, day, day + 1, { latitude: HOME.latitude + 0.005, longitude: HOME.longitude })
    await handIn(carlo, day, '10:00')
    await handIn(dina, day, '10:00')
  }
  await setClock(NOON)
  expect(await watch()).toEqual([])
})

test('voids far more often than the others', async () => {
  const clerk = await north.member('payments.request_void')
  for (let nth = 0; nth < 6; nth += 1) {
    const mine = await take(his, 3, nth)
    await take(hers, 3, nth + 1)
    if (nth >= 3) continue
    const { request_id } = await clerk.call<{ request_id: string }>('request_void', {
      payment_id: mine,
      reason: 'typed wrong',
    })
    await north.owner.call('approve_void', { request_id })
  }
  await handIn(carlo, 3, '10:00')
  await handIn(dina, 3, '10:00')
  expect(await watch()).toMatchObject([
    {
      kind: 'voids',
      member_id: carlo.memberId,
      member_name: 'Carlo Cruz',
      facts: { voids: 3, receipts: 6, others_voids: 0, others_receipts: 6 },
    },
  ])
})

test('cash the office heard of later than a phone may hold it back, told once for all that came together', async () => {
  await take(hers, 3, 0)
  await handIn(dina, 3, '10:00')
  const first = await take(his, 3, 1, { heard_at: '2026-11-07T05:00:00Z' })
  await take(his, 4, 2, { heard_at: '2026-11-07T05:00:00Z' })
  await handIn(carlo, 7, '10:00')
  const found = await watch()
  expect(found.filter(({ kind }) => kind === 'late')).toMatchObject([
    {
      member_id: carlo.memberId,
      payment_id: first,
      facts: { receipts: 2, hours: 97, limit_hours: 72, amount_minor: 20_003 },
    },
  ])

  await north.owner.call('set_collector_limits', {
    limits: { collector_id: carlo.memberId, unsent_hours: 120 },
  })
  expect((await watch()).filter(({ kind }) => kind === 'late')).toEqual([])
})

test('a receipt that says it was given before the one in front of it', async () => {
  await take(his, 3, 0, { happened_at: '2026-11-03T06:00:00Z' })
  const back = await take(his, 3, 1, {
    happened_at: '2026-11-03T05:00:00Z',
    heard_at: '2026-11-03T06:05:00Z',
  })
  await take(his, 3, 2, {
    happened_at: '2026-11-03T04:58:00Z', // a clock may be put right by minutes
    heard_at: '2026-11-03T06:06:00Z',
  })
  await handIn(carlo, 3, '10:00')
  expect(await watch()).toMatchObject([
    { kind: 'clock', payment_id: back, subscriber_name: 'Door 1', facts: { minutes: 60 } },
  ])
})

test('cash and visits far from the pin', async () => {
  const far = { latitude: HOME.latitude + 0.05, longitude: HOME.longitude }
  const payment = await take(his, 3, 0, far)
  await his.send({
    ...his.command('record_visit', { subscriber_id: doors[1], outcome: 'not_home', ...far }),
    happened_at: '2026-11-03T03:59:00Z',
  })
  await handIn(carlo, 3, '10:00')
  expect(await watch()).toMatchObject([
    { kind: 'far', payment_id: payment, facts: { what: 'payment', metres: 5560 } },
    { kind: 'far', payment_id: null, subscriber_name: 'Door 1', facts: { what: 'visit' } },
  ])
})

test('cash handed in days later, again and again; where everybody does so it is the custom', async () => {
  for (const day of [2, 4, 6]) {
    await take(hers, day, 1)
    await handIn(dina, day, '10:00')
    await take(his, day, 2)
    await handIn(carlo, day + 1, '10:00')
  }
  expect(await watch()).toMatchObject([
    {
      kind: 'shift',
      member_id: carlo.memberId,
      facts: { late_days: 3, days: 3, longest: 1, others_late_days: 0, others_days: 3 },
    },
  ])

  for (const day of [10, 12, 14]) {
    for (const [person, phone] of [
      [carlo, his],
      [dina, hers],
    ] as const) {
      await take(phone, day, 3)
      await handIn(person, day + 1, '10:00')
    }
  }
  expect(await watch({ from_on: '2026-11-10' })).toEqual([])
})

test('short one day and over the next', async () => {
  await take(his, 3, 0)
  await handIn(carlo, 3, '10:00', 5_000)
  await take(his, 4, 1)
  const over = await handIn(carlo, 4, '10:00', 15_001)
  expect(await watch()).toMatchObject([
    { kind: 'covered', remittance_id: over, facts: { short_minor: 5_000, over_minor: 5_000 } },
  ])
})

test('cash booked days after visits that brought none', async () => {
  for (let door = 0; door < 5; door += 1) {
    await setClock('2026-11-03T04:00:00Z')
    await his.send({
      ...his.command('record_visit', { subscriber_id: doors[door], outcome: 'not_home' }),
      happened_at: '2026-11-03T04:00:00Z',
    })
  }
  for (let door = 0; door < 6; door += 1) {
    await take(his, 5, door)
    await take(hers, 5, door + 1)
  }
  await handIn(carlo, 5, '10:00')
  await handIn(dina, 5, '10:00')
  expect(await watch()).toMatchObject([
    {
      kind: 'after_visit',
      member_id: carlo.memberId,
      facts: { hits: 5, receipts: 6, others_hits: 0, others_receipts: 6 },
    },
  ])
})

test('one collector or all, and only for those who may', async () => {
  const far = { latitude: HOME.latitude + 0.05, longitude: HOME.longitude }
  await take(his, 3, 0, far)
  await take(hers, 3, 1, far)
  expect(await watch()).toHaveLength(2)
  expect(await watch({ collector_id: dina.memberId })).toMatchObject([{ member_id: dina.memberId }])
  expect(await watch({ until_on: '2026-11-02' })).toEqual([])
  const days = { from_on: '2026-11-01', until_on: '2026-11-30' }
  const cashier = await north.member('collections.read', 'payments.read')
  for (const person of [cashier, carlo]) {
    await expect(person.call('watch', days)).rejects.toMatchObject({ code: 'PT403' })
  }
  await expect(watch({ until_on: '2026-10-01' })).rejects.toMatchObject({ detail: 'invalid_days' })
})
