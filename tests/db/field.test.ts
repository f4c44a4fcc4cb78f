// Phones and the receipt numbers lent to them.

import { beforeEach, expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { A_KEY, type Block, NOON, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { type Person, signUpTenant, type Tenant, twoTenants } from './story.ts'

let north: Tenant
let carlo: Person

beforeEach(async () => {
  await setClock('2026-10-15T04:00:00Z')
  north = await signUpTenant('North Fiber')
  carlo = await north.collector()
  await setClock(NOON)
})

const register = (person: Person, id = uuid7()) =>
  person.call('register_device', { device: { id, label: 'Android', public_key: A_KEY } })

const approve = async (person: Person, id = uuid7()) => {
  await register(person, id)
  await north.owner.call('approve_device', { device_id: id })
  return id
}

const reserve = async (person: Person, deviceId: string) =>
  (await person.call<{ blocks: Array<Block> }>('reserve_receipts', { device_id: deviceId })).blocks

test('each phone gets a short code of its own, and keeps it', async () => {
  const id = uuid7()

  expect(await register(carlo, id)).toEqual({ device_id: id, code: 'A1', status: 'pending' })
  expect(await register(carlo)).toMatchObject({ code: 'A2' })
  expect(await register(carlo, id)).toMatchObject({ code: 'A1' })
})

test.each([
  [1, 'A1'],
  [99, 'A99'],
  [100, 'B1'],
  [26 * 99, 'Z99'],
  [26 * 99 + 1, 'AA1'],
  [27 * 99 + 1, 'AB1'],
])('phone number %i is %s', async (ordinal, code) => {
  expect(await sql`select collections.device_code(${ordinal}) as code`).toEqual([{ code }])
})

test('only who collects may register a phone, and nobody takes over another’s', async () => {
  const clerk = await north.member('payments.record')
  const dina = await north.collector('Dina')
  const id = uuid7()
  await register(carlo, id)

  await expect(register(clerk)).rejects.toMatchObject({ code: 'PT403' })
  await expect(register(dina, id)).rejects.toMatchObject({
    code: 'PT403',
    detail: 'device_of_another',
  })
})

test('a phone is lent a hundred numbers, and the same ones when it asks again', async () => {
  const id = await approve(carlo)

  const first = await reserve(carlo, id)
  expect(first).toMatchObject([{ prefix: 'R-', first_serial: 1, last_serial: 100, next_serial: 1 }])
  expect(await reserve(carlo, id)).toEqual(first)
})

test('no two phones are lent the same number', async () => {
  const dina = await north.collector('Dina')
  const [one, two] = [await approve(carlo), await approve(dina)]

  expect(await reserve(carlo, one)).toMatchObject([{ first_serial: 1 }])
  expect(await reserve(dina, two)).toMatchObject([{ first_serial: 101, last_serial: 200 }])
})

test('a phone that has fewer than thirty left is lent more', async () => {
  const subscriber = await north.subscriber()
  const phone = await phoneOf(carlo)
  for (let batch = 0; batch < 2; batch += 1) {
    await phone.push(...Array.from({ length: 35 }, () => phone.payment(subscriber, 100)))
  }
  expect(await reserve(carlo, phone.id)).toMatchObject([{ next_serial: 71 }])
  await phone.send(phone.payment(subscriber, 100))

  expect(await reserve(carlo, phone.id)).toMatchObject([
    { first_serial: 1, next_serial: 72 },
    { first_serial: 101, last_serial: 200, next_serial: 101 },
  ])
  expect(await north.owner.read('receipt_blocks', { first_serial: 1 })).toMatchObject([
    { used_count: 71, state: 'out', device_code: 'A1' },
  ])
})

test('what a revoked phone sends waits for the office, and its numbers are cancelled with the reason', async () => {
  const subscriber = await north.subscriber()
  const phone = await phoneOf(carlo)
  await phone.send(phone.payment(subscriber, 100))

  await north.owner.call('revoke_device', { device_id: phone.id, reason: 'Lost at the market' })

  const refusal = { code: 'PT403', detail: 'device_revoked' }
  // Cash that changed hands is never refused; that it did, somebody has to find out.
  const late = phone.payment(subscriber, 100)
  expect(await phone.send(late)).toMatchObject({ state: 'parked', reason: 'device_revoked' })
  expect(await phone.send(late)).toMatchObject({ state: 'parked', reason: 'device_revoked' })
  expect(
    await phone.send(
      phone.command('record_visit', { subscriber_id: subscriber, outcome: 'not_home' }),
    ),
  ).toMatchObject({ state: 'parked', reason: 'device_revoked' })
  expect(await sql`select id from collections.visits where tenant_id = ${north.id}`).toEqual([])
  expect(
    await sql`select stage from collections.payments where tenant_id = ${north.id} order by recorded_at, id`,
  ).toEqual([{ stage: 'posted' }, { stage: 'unidentified' }])

  await expect(reserve(carlo, phone.id)).rejects.toMatchObject(refusal)
  await expect(carlo.call('sync_pull', { device_id: phone.id })).rejects.toMatchObject(refusal)
  expect(await register(carlo, phone.id)).toMatchObject({ status: 'revoked' })
  expect(await north.owner.read('receipt_blocks')).toMatchObject([
    { state: 'cancelled', reason: 'Lost at the market', used_count: 2 },
  ])
  expect(await north.owner.read('devices')).toMatchObject([{ status: 'revoked', code: 'A1' }])
})

test('revoking a phone is the office’s to do, in the own ISP', async () => {
  const { south } = await twoTenants()
  const phone = await phoneOf(carlo)
  const revoke = { device_id: phone.id, reason: 'x' }

  await expect(carlo.call('revoke_device', revoke)).rejects.toMatchObject({ code: 'PT403' })
  await expect(south.owner.call('revoke_device', revoke)).rejects.toMatchObject({ code: 'PT404' })
})

test('a collector sees the own phones, the office all, another ISP none', async () => {
  const dina = await north.collector('Dina')
  const { south } = await twoTenants()
  await register(carlo)
  await register(dina)

  expect(await carlo.read('devices')).toHaveLength(1)
  expect(await north.owner.read('devices')).toHaveLength(2)
  expect(await south.owner.read('devices')).toEqual([])
})

test('the office sees what every collector took and holds', async () => {
  const subscriber = await north.subscriber()
  await north.route(carlo, subscriber)
  const phone = await phoneOf(carlo)
  await phone.push(phone.payment(subscriber, 10_000), phone.payment(subscriber, 2_500))
  const cashier = await north.member('collections.read', 'payments.read')

  expect(await cashier.read('collectors')).toMatchObject([
    {
      id: carlo.memberId,
      full_name: 'Carlo Collector',
      on_hand_minor: 12_500,
      collected_today_minor: 12_500,
      receipts_today: 2,
      unsent_count: 0,
      parked_count: 0,
    },
  ])
  const line = {
    day: '2026-11-10',
    collector_id: carlo.memberId,
    collector_name: 'Carlo Collector',
    method: 'cash',
    channel: 'field',
    receipts: 2,
    amount_minor: 12_500,
  }
  expect(await cashier.call('collections_today')).toEqual([line])
  expect(
    await cashier.call('report_daily_collection', {
      from_on: '2026-11-10',
      until_on: '2026-11-11',
      collector_id: carlo.memberId,
    }),
  ).toEqual([line])
  expect(
    await cashier.call('report_daily_collection', {
      from_on: '2026-11-01',
      until_on: '2026-11-10',
    }),
  ).toEqual([])
  await expect(carlo.call('collections_today')).rejects.toMatchObject({ code: 'PT403' })
})
