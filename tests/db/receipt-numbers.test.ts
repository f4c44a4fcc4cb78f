// Every receipt number that was taken from the series is accounted for, or shown as a gap.

import { beforeEach, expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { bill, billedSubscriber, NOON, phoneOf, type Phone } from './field.ts'
import { pay } from './money.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

let north: Tenant
let carlo: Person
let ana: string
let phone: Phone

beforeEach(async () => {
  await setClock('2026-10-15T04:00:00Z')
  north = await signUpTenant('North Fiber')
  carlo = await north.collector()
  ana = await billedSubscriber(north, carlo)
  await setClock(NOON)
  await bill(north)
  phone = await phoneOf(carlo)
})

const audit = async () => {
  const [row] = await north.owner.call<Array<Record<string, number>>>('receipt_audit')
  if (!row) throw new Error('The audit answered nothing')
  const { issued, ...parts } = row
  const sum = Object.values(parts).reduce((total, part) => total + Number(part), 0)
  expect(sum).toBe(Number(issued))
  return row
}

const blocks = () => north.owner.read('receipt_block_report')
const gaps = () => north.owner.read('receipt_gaps')

test('a block nothing was used of yet is all out', async () => {
  expect(await blocks()).toMatchObject([{ issued: 100, used: 0, still_out: 100, missing: 0 }])
  expect(await gaps()).toEqual([])
  expect(await audit()).toMatchObject({ issued: 100, still_out: 100 })
})

test('each number of a block is used, voided or still out', async () => {
  const [first, second] = [phone.payment(ana, 1_000), phone.payment(ana, 2_000)]
  await phone.push(first, second)
  await sql`
    update collections.payments set stage = 'void', voided_at = clock.now(), void_kind = 'mistake' where id = ${second.id}`

  expect(await blocks()).toMatchObject([
    { state: 'out', issued: 100, used: 1, voided: 1, still_out: 98, cancelled: 0, missing: 0 },
  ])
  expect(await gaps()).toEqual([])
  expect(await audit()).toMatchObject({ issued: 100, used: 1, voided: 1, still_out: 98 })
})

test('the numbers of a lost phone are cancelled, and the counter goes on behind them', async () => {
  await phone.send(phone.payment(ana, 1_000))
  await north.owner.call('revoke_device', { device_id: phone.id, reason: 'Lost in the river' })
  await pay(north.owner, { subscriber_id: ana, amount_minor: 5_000 })

  expect(await blocks()).toMatchObject([
    { state: 'cancelled', used: 1, still_out: 0, cancelled: 99, reason: 'Lost in the river' },
  ])
  expect(await audit()).toMatchObject({ issued: 101, counter: 1, used: 1, cancelled: 99 })
  expect(await gaps()).toEqual([])
})

test('a number passed over and one that was never lent are shown as gaps', async () => {
  await phone.send(phone.payment(ana, 1_000))
  phone.payment(ana, 2_000)
  phone.payment(ana, 2_000)
  await phone.send(phone.payment(ana, 3_000))
  expect(await gaps()).toMatchObject([
    { first_serial: 2, last_serial: 3, numbers: 2, kind: 'missing', member_id: carlo.memberId },
  ])
  expect(await blocks()).toMatchObject([{ used: 2, still_out: 96, missing: 2 }])

  await sql`
    update tenancy.document_series set next_number = next_number + 5 where tenant_id = ${north.id} and kind = 'receipt'`
  expect(await gaps()).toMatchObject([
    { kind: 'missing' },
    { first_serial: 101, last_serial: 105, kind: 'nowhere' },
  ])
  expect(await audit()).toMatchObject({ issued: 105, missing: 2, nowhere: 5 })
})

test('numbers put aside after a restore are whose paper bears them, and the rest is never given', async () => {
  await phone.send(phone.payment(ana, 1_000))
  await sql`select sync.after_restore()`
  expect(await phone.send(phone.payment(ana, 2_000, { serial: 150 }))).toMatchObject({
    state: 'applied',
    result: { receipt_number: 'R-000150' },
  })
  // Twice it is not given, also not there.
  expect(await phone.send(phone.payment(ana, 3_000, { serial: 150 }))).toMatchObject({
    state: 'parked',
    reason: 'receipt_used',
  })
  const { receipt_number } = await pay(north.owner, { subscriber_id: ana, amount_minor: 5_000 })
  expect(Number(String(receipt_number).slice(-6))).toBeGreaterThan(10_100)

  const aside = (await blocks()).find(({ device_code }) => device_code === null)
  expect(aside).toMatchObject({ state: 'cancelled', first_serial: 101, used: 1, missing: 0 })
  expect(Number(aside?.['cancelled'])).toBe(Number(aside?.['issued']) - 1)
  expect(await gaps()).toEqual([])
  await audit()
  expect(await sql`select * from ledger.offences(${north.id})`).toEqual([])
})

test('a collector does not read the report', async () => {
  await expect(carlo.call('receipt_audit')).rejects.toMatchObject({ code: 'PT403' })
  await expect(carlo.read('receipt_block_report')).rejects.toMatchObject({ code: 'PT403' })
})
