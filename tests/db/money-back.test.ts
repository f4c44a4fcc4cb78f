// Money that goes back or elsewhere: refunds, transfers, bounced cheques, certificates.

import { expect, test } from 'vitest'
import {
  askAndVoid,
  bounce,
  entriesOf,
  north,
  PRICE,
  refund,
  standingOf,
  subscriber,
  transfer,
} from './corrections.ts'
import { sql } from './database.ts'
import { billedSubscriber, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'

test('credit is given back, never more than there is', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 2 + 30_000 })
  const cash = { subscriber_id: subscriber, method: 'cash' }
  await expect(refund({ ...cash, amount_minor: 30_001 })).rejects.toMatchObject({
    detail: 'refund_beyond_credit',
  })
  const given = await refund({ ...cash, amount_minor: 20_000 })

  expect(await entriesOf(given.id)).toEqual([
    { code: 'cash_office', amount: -20_000 },
    { code: 'subscriber_credit', amount: 20_000 },
  ])
  expect(await standingOf()).toEqual({ balance: 0, credit: 10_000 })
  await expect(refund({ ...cash, method: 'gcash', amount_minor: 5 })).rejects.toMatchObject({
    detail: 'reference_missing',
  })
  await refund({ ...cash, method: 'gcash', reference: 'G 1', amount_minor: 10_000 })
  await expectSound(north)
})

test('a refund opens the latest of what its payment settled first, and leaves the oldest settled', async () => {
  const months = ['2026-12-01', '2027-01-01', '2027-02-01', '2027-03-01', '2027-04-01']
  for (const month of months) await bill(north, month)
  const open = await north.owner.read<{ due_on: string; balance_minor: number }>('invoices', {
    subscriber_id: subscriber,
    state: 'open',
  })
  const owed = open.reduce((sum, { balance_minor }) => sum + balance_minor, 0)
  const { payment_id } = await pay(north.owner, {
    subscriber_id: subscriber,
    amount_minor: owed,
    pay_ahead: true,
  })
  await refund({ payment_id, method: 'cash', amount_minor: PRICE + 5 })

  const balances = await north.owner.read<{ due_on: string; balance_minor: number }>('invoices', {
    subscriber_id: subscriber,
  })
  expect(
    balances
      .sort((a, b) => a.due_on.localeCompare(b.due_on))
      .map(({ balance_minor }) => balance_minor),
  ).toEqual([...balances.slice(2).map(() => 0), 5, PRICE])
  await expectSound(north)
})

test('a refunded payment opens what it paid, and cannot be void as well', async () => {
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE + 5_000 })
  const back = { payment_id: taken.payment_id, method: 'cash' }
  await expect(refund({ ...back, amount_minor: PRICE + 5_001 })).rejects.toMatchObject({
    detail: 'refund_beyond_payment',
  })
  await refund({ ...back, amount_minor: 5_000 })
  expect(await standingOf()).toEqual({ balance: PRICE, credit: 0 })
  await expectSound(north)

  await refund({ ...back, amount_minor: PRICE })
  expect(await standingOf()).toEqual({ balance: PRICE * 2, credit: 0 })
  await expect(askAndVoid(taken.payment_id)).rejects.toMatchObject({ detail: 'payment_refunded' })
  await expect(refund({ ...back, amount_minor: 1 })).rejects.toMatchObject({
    detail: 'refund_beyond_payment',
  })
  await expectSound(north)
})

test('what is held as a deposit is not given back as a refund of its payment', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 3, pay_ahead: true })
  const payment_id = uuid7()
  await north.owner.call('take_deposit', {
    deposit: {
      id: uuid7(),
      payment_id,
      subscriber_id: subscriber,
      amount_minor: 5_000,
      method: 'cash',
    },
  })
  expect(await north.owner.read('payments', { id: payment_id })).toMatchObject([
    { amount_minor: 5_000, deposited_minor: 5_000 },
  ])
  // There is other credit, which this payment did not bring.
  await expect(refund({ payment_id, method: 'cash', amount_minor: 1 })).rejects.toMatchObject({
    detail: 'refund_beyond_payment',
  })
  await expectSound(north)
})

test('credit that was refunded keeps its payment from being void', async () => {
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 3 })
  await refund({ subscriber_id: subscriber, method: 'cash', amount_minor: 50_000 })
  await expect(askAndVoid(taken.payment_id)).rejects.toMatchObject({ detail: 'credit_refunded' })
  await expectSound(north)
})

// Transfers

test('a payment goes to whom it belongs, with its receipt and its time', async () => {
  const ben = await north.subscriber({ name: 'Ben' })
  const plan = await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 100_000 })
  const time = await north.service(ben, plan, '2026-11-01')
  const taken = await pay(north.owner, {
    subscriber_id: ben,
    subscription_id: time,
    amount_minor: 100_000,
    method: 'gcash',
    reference: '5012',
    received_at: noon('2026-11-02'),
  })
  const moved = await transfer({ payment_id: taken.payment_id, subscriber_id: subscriber })

  expect(await north.owner.read('payments', { id: String(moved.payment_id) })).toMatchObject([
    {
      subscriber_id: subscriber,
      receipt_number: taken.receipt_number,
      reference: '5012',
      stage: 'posted',
      void_of: taken.payment_id,
      allocated_minor: 100_000,
    },
  ])
  expect(await north.owner.read('payments', { id: taken.payment_id })).toMatchObject([
    { stage: 'void', void_kind: 'transferred', goes_on_as: moved.payment_id },
  ])
  const [from, to] = await sql<Array<{ at: Date }>>`
    select received_at as at from collections.payments where tenant_id = ${north.id} order by recorded_at, id
  `
  expect(from?.at).toEqual(to?.at)
  expect(await north.owner.read('subscriptions', { id: time })).toMatchObject([
    { paid_until: null },
  ])
  expect(await standingOf()).toEqual({ balance: PRICE * 2 - 100_000, credit: 0 })
  expect(await standingOf(ben)).toEqual({ balance: 0, credit: 0 })
  await expectSound(north)

  await expect(
    transfer({ payment_id: taken.payment_id, subscriber_id: subscriber }),
  ).rejects.toMatchObject({ detail: 'already_void' })
  await expect(
    transfer({ payment_id: moved.payment_id, subscriber_id: subscriber }),
  ).rejects.toMatchObject({ detail: 'same_subscriber' })
})

test('cash of the field is transferred before, while and after it is handed in', async () => {
  const carlo = await north.collector()
  const ana = await billedSubscriber(north, carlo)
  const phone = await phoneOf(carlo)
  await phone.push(phone.payment(ana, 60_000), phone.payment(ana, 10_000))
  const [first, second] = await north.owner.read<{ id: string }>('payments', { subscriber_id: ana })
  await transfer({ payment_id: first?.id, subscriber_id: subscriber })
  await expectSound(north)

  const remittance = uuid7()
  await carlo.call('submit_remittance', {
    remittance: { id: remittance, declared_minor: 70_000, denominations: {} },
  })
  await transfer({ payment_id: second?.id, subscriber_id: subscriber })
  await north.owner.call('count_remittance', { remittance_id: remittance, counted_minor: 70_000 })
  await expectSound(north)

  const [moved] = await north.owner.read<{ id: string; stage: string }>('payments', {
    void_of: String(second?.id),
  })
  expect(moved?.stage).toBe('remitted')
  await transfer({ payment_id: moved?.id, subscriber_id: ana })
  await expectSound(north)
})

// Cheques and certificates

test('a bounced cheque opens its invoices again, with a fee, and may come once more', async () => {
  const cheque = {
    subscriber_id: subscriber,
    amount_minor: PRICE * 2,
    method: 'cheque',
    reference: 'BPI 77',
  }
  const taken = await pay(north.owner, cheque)
  expect(await standingOf()).toEqual({ balance: 0, credit: 0 })
  await bounce({ payment_id: taken.payment_id, fee_minor: 30_000 })

  expect(await entriesOf(taken.payment_id)).toEqual([])
  expect(await standingOf()).toEqual({ balance: PRICE * 2, credit: 0 })
  expect(await north.owner.read('payments')).toMatchObject([
    { stage: 'void', void_kind: 'bounced' },
  ])
  expect(await north.owner.read('charges')).toMatchObject([
    { description: 'Returned cheque BPI 77', amount_minor: 30_000 },
  ])
  await pay(north.owner, cheque)
  await expectSound(north)

  const cash = await pay(north.owner, { subscriber_id: subscriber, amount_minor: 100 })
  await expect(bounce({ payment_id: cash.payment_id })).rejects.toMatchObject({
    detail: 'not_a_cheque',
  })
})

test('cash and a certificate settle a bill, and the certificate is waited for', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 2 - 2_000 })
  const withheld = { subscriber_id: subscriber, method: 'withholding' }
  await expect(pay(north.owner, { ...withheld, amount_minor: 2_001 })).rejects.toMatchObject({
    detail: 'certificate_beyond_open',
  })
  const taken = await pay(north.owner, { ...withheld, amount_minor: 2_000 })

  expect(await standingOf()).toEqual({ balance: 0, credit: 0 })
  expect(await north.owner.read('certificates')).toMatchObject([
    { state: 'pending', amount_minor: 2_000, subscriber_name: 'Ana Reyes' },
  ])
  expect(await entriesOf(taken.payment_id)).toEqual([
    { code: 'certificates_pending', amount: 2_000 },
    { code: 'subscriber_receivable', amount: -2_000 },
  ])
  await expectSound(north)

  const receive = () =>
    north.owner.call('receive_certificate', {
      payment_id: taken.payment_id,
      received_on: '2026-11-03',
    })
  expect(await receive()).toMatchObject({ state: 'received', duplicate: false })
  expect(await receive()).toMatchObject({ state: 'received', duplicate: true })
  expect(await entriesOf(taken.payment_id)).toEqual([
    { code: 'creditable_tax', amount: 2_000 },
    { code: 'subscriber_receivable', amount: -2_000 },
  ])
  await askAndVoid(taken.payment_id)
  expect(await entriesOf(taken.payment_id)).toEqual([])
  expect(await north.owner.read('certificates')).toMatchObject([{ state: 'void' }])
  await expectSound(north)
})
