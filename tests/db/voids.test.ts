// A void is asked by one and decided by another, negates exactly, and takes back what it gave.

import { expect, test } from 'vitest'
import { bill, expectSound, pay } from './money.ts'
import { askVoid, entriesOf, north, PRICE, subscriber } from './paying.ts'

test('a void is exact negation, asked by one and decided by another', async () => {
  const cashier = await north.member('payments.record', 'payments.read', 'payments.request_void')
  const taken = await pay(cashier, { subscriber_id: subscriber, amount_minor: 250_000 })
  const request = await askVoid(cashier, taken.payment_id)

  await expect(cashier.call('approve_void', { request_id: request })).rejects.toMatchObject({
    code: 'PT403',
  })
  await north.owner.call('approve_void', { request_id: request })

  expect(await entriesOf(taken.payment_id)).toEqual([
    { code: 'cash_office', amount: 250_000 },
    { code: 'subscriber_receivable', amount: -PRICE * 2 },
    { code: 'subscriber_credit', amount: -50_200 },
    { code: 'cash_office', amount: -250_000 },
    { code: 'subscriber_receivable', amount: PRICE * 2 },
    { code: 'subscriber_credit', amount: 50_200 },
  ])
  expect(await north.owner.read('payments')).toMatchObject([
    { stage: 'void', amount_minor: 250_000, allocated_minor: 0, receipt_number: 'R-000001' },
  ])
  expect(await north.owner.read('invoices')).toMatchObject([
    { state: 'open', balance_minor: PRICE },
    { state: 'open', balance_minor: PRICE },
  ])
  await expect(north.owner.call('approve_void', { request_id: request })).rejects.toMatchObject({
    detail: 'request_decided',
  })
  await expectSound(north)
})

test('who asked for a void does not decide it, and a refused one changes nothing', async () => {
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE })
  const request = await askVoid(north.owner, taken.payment_id)
  await expect(north.owner.call('approve_void', { request_id: request })).rejects.toMatchObject({
    detail: 'second_person_needed',
  })
  await expect(askVoid(north.owner, taken.payment_id)).rejects.toMatchObject({
    detail: 'void_requested',
  })

  const manager = await north.member('payments.approve_void', 'payments.read')
  await manager.call('refuse_void', { request_id: request, reason: 'It is right' })
  expect(await north.owner.read('void_requests')).toMatchObject([
    { state: 'refused', decision_note: 'It is right' },
  ])
  expect(await north.owner.read('payments')).toMatchObject([{ stage: 'posted' }])
  await expectSound(north)
})

test('credit of a void payment that an invoice took already is given back', async () => {
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 3 })
  await bill(north, '2026-12-01')
  expect(await north.owner.read('subscribers')).toMatchObject([{ balance_minor: 0 }])
  const manager = await north.member('payments.approve_void')
  await manager.call('approve_void', { request_id: await askVoid(north.owner, taken.payment_id) })

  expect(await north.owner.read('subscribers')).toMatchObject([
    { balance_minor: PRICE * 3, credit_minor: 0 },
  ])
  await expectSound(north)
})

test('a void takes back only the credit that is missing, and what is over pays what is open again', async () => {
  const manager = await north.member('payments.approve_void')
  const voided = async (amount_minor: number) => {
    const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor })
    return async () => {
      await manager.call('approve_void', {
        request_id: await askVoid(north.owner, taken.payment_id),
      })
    }
  }
  const voidFirst = await voided(PRICE * 2 + 30_000)
  const voidSecond = await voided(10_000)
  await bill(north, '2026-12-01')
  expect(await north.owner.read('subscribers')).toMatchObject([
    { balance_minor: PRICE - 40_000, credit_minor: 0 },
  ])

  await voidSecond()
  expect(await north.owner.read('subscribers')).toMatchObject([
    { balance_minor: PRICE - 30_000, credit_minor: 0 },
  ])
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE + 5_000 })
  await voidFirst()
  const open = await north.owner.read('invoices', { subscriber_id: subscriber })
  expect(
    open.map((invoice) => invoice['balance_minor']).sort((a, b) => Number(a) - Number(b)),
  ).toEqual([0, PRICE - 5_000, PRICE])
  expect(await north.owner.read('subscribers')).toMatchObject([{ credit_minor: 0 }])
  await expectSound(north)
})

test('a voided reference may be used again', async () => {
  const gcash = { subscriber_id: subscriber, amount_minor: 100, method: 'gcash', reference: '77' }
  const taken = await pay(north.owner, gcash)
  const manager = await north.member('payments.approve_void')
  await manager.call('approve_void', { request_id: await askVoid(north.owner, taken.payment_id) })

  await pay(north.owner, gcash)
  await expectSound(north)
})
