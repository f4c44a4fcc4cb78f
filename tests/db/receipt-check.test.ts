// What anybody learns who holds a receipt, and the papers a phone makes of it.

import { beforeEach, expect, test } from 'vitest'
import { actor, setClock, sql } from './database.ts'
import { A_KEY, approvedDevice, NOON, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

let north: Tenant
let carlo: Person
const stranger = actor({ role: 'anon' })

beforeEach(async () => {
  await setClock('2026-10-15T04:00:00Z')
  north = await signUpTenant('North Fiber')
  carlo = await north.collector()
  await setClock(NOON)
})

const look = (payment_id: unknown, tenant_id?: string) =>
  stranger.call<Record<string, unknown>>('verify_receipt', {
    payment_id,
    ...(tenant_id ? { tenant_id } : {}),
  })

const voided = async (payment_id: string) => {
  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id,
    reason: 'Typed twice',
  })
  const second = await north.member('payments.approve_void', 'payments.read')
  await second.call('approve_void', { request_id })
}

test('a stranger learns from a receipt’s link whether it is good, and nothing of the person', async () => {
  const subscriber = await north.subscriber({ account_no: 'CDO-00123' })
  const phone = await phoneOf(carlo)
  const payment = phone.payment(subscriber, 115_000)

  expect(await look(payment.id)).toEqual({ state: 'unknown' })
  await phone.send(payment)
  const seen = await look(payment.id)
  expect(seen).toEqual({
    state: 'authentic',
    number: 'R-000001',
    amount_minor: 115_000,
    received_at: expect.any(String),
    tenant_id: north.id,
    trade_name: 'North Fiber',
    currency: 'PHP',
    time_zone: 'Asia/Manila',
    brand_color: null,
    account_tail: '123',
  })

  await voided(payment.id)
  expect(await look(payment.id)).toMatchObject({ state: 'voided', amount_minor: 115_000 })
})

test('what an ended phone sends is called real only when a person has said whose cash it was', async () => {
  const subscriber = await north.subscriber()
  const phone = await phoneOf(carlo)
  const [honest, late] = [phone.payment(uuid7(), 115_000), phone.payment(subscriber, 115_000)]
  await phone.send(honest)
  await setClock('2026-11-10T15:00:00+08:00')
  await north.owner.call('revoke_device', { device_id: phone.id, reason: 'Stolen at the market' })
  await phone.send(late)
  expect(await look(late.id)).toEqual({ state: 'unknown' })
  // Cash of an unknown subscriber from a good phone was received all the same.
  expect(await look(honest.id)).toMatchObject({ state: 'authentic' })

  await north.owner.call('settle_parked', { command_id: late.id, subscriber_id: subscriber })
  expect(await look(late.id)).toMatchObject({ state: 'authentic', number: 'R-000002' })
})

test('another ISP that takes the same id stands neither before it nor in its place', async () => {
  const phone = await phoneOf(carlo)
  const payment = phone.payment(await north.subscriber(), 115_000)
  const takenBy = async (isp: Tenant) =>
    isp.owner.call('record_payment', {
      payment: {
        id: payment.id,
        subscriber_id: await isp.subscriber(),
        method: 'cash',
        amount_minor: 1,
        received_at: NOON,
      },
    })

  await takenBy(await signUpTenant('East Fiber'))
  expect(await look(payment.id, north.id)).toEqual({ state: 'unknown' })
  await setClock('2026-11-10T05:00:00Z')
  await phone.send(payment)
  expect(await look(payment.id, north.id)).toMatchObject({ trade_name: 'North Fiber' })

  await setClock('2026-11-10T06:00:00Z')
  await takenBy(await signUpTenant('South Fiber'))
  expect(await look(payment.id)).toMatchObject({ trade_name: 'East Fiber' })
  expect(await look(payment.id, north.id)).toMatchObject({ trade_name: 'North Fiber' })
})

test('a payment posted to another subscriber is still good, and its paper counts on', async () => {
  const [wrong, right] = [await north.subscriber(), await north.subscriber()]
  const phone = await phoneOf(carlo)
  const payment = phone.payment(wrong, 50_000)
  await phone.send(payment)
  await north.owner.call('transfer_payment', {
    transfer: { id: uuid7(), payment_id: payment.id, subscriber_id: right, reason: 'Neighbour' },
  })

  expect(await look(payment.id)).toMatchObject({
    state: 'authentic',
    number: 'R-000001',
    account_tail: null,
  })
  const print = phone.command('record_print', { payment_id: payment.id, copy: 0 })
  expect(await phone.send(print)).toMatchObject({ state: 'applied', result: { copy: 0 } })
})

test('a stranger gets the keys of approved phones and when they ended, and nothing of who carries them', async () => {
  const id = await approvedDevice(carlo)
  const waiting = uuid7()
  await carlo.call('register_device', {
    device: { id: waiting, label: 'Android', public_key: A_KEY },
  })
  const keys = () => stranger.call('receipt_keys', { tenant_id: north.id })

  expect(await keys()).toEqual({
    tenant_id: north.id,
    trade_name: 'North Fiber',
    time_zone: 'Asia/Manila',
    brand_color: null,
    keys: [{ device_id: id, public_key: A_KEY, ended_at: null }],
  })
  await north.owner.call('revoke_device', { device_id: id, reason: 'Lost' })
  expect(await keys()).toMatchObject({ keys: [{ device_id: id, ended_at: expect.any(String) }] })
  expect(await stranger.call('receipt_keys', { tenant_id: uuid7() })).toBeNull()
})

test('each paper a phone makes is kept once; copies of phone and office never take the first one’s place', async () => {
  const phone = await phoneOf(carlo)
  const payment = phone.payment(await north.subscriber(), 50_000)
  const first = phone.command('record_print', { payment_id: payment.id, copy: 0 })
  const again = phone.command('record_print', { payment_id: payment.id, copy: 1 })
  await phone.send(payment)

  // The office prints before the phone was heard of: the collector gave the first paper all the same.
  const office = await north.owner.call<{ reprint: number }>('print_document', {
    kind: 'receipt',
    document_id: payment.id,
  })
  expect(office.reprint).toBe(1)
  expect(await phone.push(first, again, first)).toMatchObject([
    { state: 'applied', result: { copy: 0 } },
    { state: 'applied', result: { copy: 2 } },
    { state: 'duplicate', result: { copy: 0 } },
  ])
  expect(
    await sql`select copy, printed_by from billing.prints where tenant_id = ${north.id} order by copy`,
  ).toEqual([
    { copy: 0, printed_by: carlo.memberId },
    { copy: 1, printed_by: north.owner.memberId },
    { copy: 2, printed_by: carlo.memberId },
  ])
})

test('a print of nothing, of another’s receipt or without its copy is parked and counts nothing', async () => {
  const dina = await north.collector('Dina')
  const theirs = await phoneOf(dina)
  const payment = theirs.payment(await north.subscriber(), 50_000)
  await theirs.send(payment)
  const phone = await phoneOf(carlo)
  const print = (input: Record<string, unknown>) => phone.send(phone.command('record_print', input))

  expect(await print({ payment_id: uuid7(), copy: 0 })).toMatchObject({ reason: 'receipt_unknown' })
  expect(await print({ payment_id: payment.id, copy: 0 })).toMatchObject({
    reason: 'receipt_unknown',
  })
  expect(await print({ payment_id: payment.id })).toMatchObject({ reason: 'invalid_print' })
  expect(await sql`select from billing.prints where tenant_id = ${north.id}`).toEqual([])
})
