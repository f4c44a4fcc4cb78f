// A deposit is held and is no revenue: asked, taken, given back, by two people above the limit.

import { expect, test } from 'vitest'
import { accountOf, charge, giveBack, north, PRICE, subscriber, totals } from './charging.ts'
import { setClock, transaction } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'

test('a deposit is a liability: asked, taken with a payment, held, and given back', async () => {
  const asked = await charge({ kind: 'deposit', description: 'Deposit', amount_minor: 150_000 })
  await bill(north, '2026-11-01')
  expect(await totals()).toEqual([PRICE])

  const deposit = {
    id: uuid7(),
    payment_id: uuid7(),
    subscriber_id: subscriber,
    charge_id: asked,
    amount_minor: 150_000,
    method: 'cash',
  }
  const taken = await north.owner.call('take_deposit', { deposit })
  expect(taken).toMatchObject({ held_minor: 150_000, receipt_number: 'R-000001', duplicate: false })
  expect(await north.owner.call('take_deposit', { deposit })).toMatchObject({ duplicate: true })
  await expect(
    north.owner.call('take_deposit', { deposit: { ...deposit, amount_minor: 1 } }),
  ).rejects.toMatchObject({ detail: 'deposit_conflict' })

  // It pays nothing, and is nobody's revenue.
  expect(await north.owner.read('invoices')).toMatchObject([{ balance_minor: PRICE }])
  expect(await accountOf('deposits')).toBe(-150_000)
  expect(await accountOf('revenue')).toBe(-PRICE)
  expect(await north.owner.read('charges', { id: asked })).toMatchObject([{ remaining: 0 }])

  await north.owner.call('apply_deposit', {
    deposit: { id: uuid7(), subscriber_id: subscriber, amount_minor: 120_000 },
  })
  expect(await north.owner.read('invoices')).toMatchObject([{ state: 'paid', balance_minor: 0 }])
  await expect(giveBack({ amount_minor: 30_001 })).rejects.toMatchObject({
    detail: 'deposit_too_small',
  })
  await expect(giveBack({ amount_minor: 30_000, method: 'beans' })).rejects.toMatchObject({
    detail: 'invalid_method',
  })
  expect(await giveBack({ amount_minor: 30_000 })).toMatchObject({ state: 'done', held_minor: 0 })
  expect(await accountOf('deposits')).toBe(0)
  expect(await accountOf('cash_office')).toBe(120_000)
  await expectSound(north)
})

test('above the limit a second person gives a deposit back; what pays invoices needs none', async () => {
  await north.owner.call('save_billing_settings', { settings: { approval_limit_minor: 50_000 } })
  const deposit = { subscriber_id: subscriber, amount_minor: 200_000, method: 'cash' }
  await north.owner.call('take_deposit', {
    deposit: { ...deposit, id: uuid7(), payment_id: uuid7() },
  })
  const request = { id: uuid7(), amount_minor: 100_000 }
  expect(await giveBack(request)).toMatchObject({ state: 'waiting', kind: 'deposit_return' })
  expect(await giveBack(request)).toMatchObject({ state: 'waiting', duplicate: true })
  await expect(giveBack({ ...request, amount_minor: 1 })).rejects.toMatchObject({
    detail: 'correction_conflict',
  })
  expect(await accountOf('deposits')).toBe(-200_000)
  // The database itself knows who asked.
  await expect(
    transaction(
      (db) => db`update billing.corrections set state = 'done', result = '{}', decided_at = now()`,
    ),
  ).rejects.toMatchObject({ constraint_name: 'corrections_second_person' })

  const manager = await north.member('corrections.approve', 'payments.read')
  const approve = { correction_id: request.id }
  await expect(north.owner.call('approve_correction', approve)).rejects.toMatchObject({
    detail: 'second_person_needed',
  })
  expect(await manager.call('approve_correction', approve)).toMatchObject({ state: 'done' })
  expect(await accountOf('deposits')).toBe(-100_000)
  expect(await accountOf('cash_office')).toBe(100_000)

  const asked = { id: uuid7(), amount_minor: 90_000 }
  await giveBack(asked)
  await north.owner.call('apply_deposit', {
    deposit: { id: uuid7(), subscriber_id: subscriber, amount_minor: 60_000 },
  })
  expect(await manager.call('approve_correction', { correction_id: asked.id })).toMatchObject({
    state: 'expired',
    note: 'Only 400.00 is held. Give back at most that.',
  })
  await expectSound(north)
})

test('the end of a service says what becomes of the deposit, once', async () => {
  await north.owner.call('take_deposit', {
    deposit: {
      id: uuid7(),
      payment_id: uuid7(),
      subscriber_id: subscriber,
      amount_minor: 150_000,
      method: 'cash',
    },
  })
  await bill(north, '2026-11-01')
  const [service] = await north.owner.read('subscriptions')
  const end = {
    id: uuid7(),
    subscription_id: service?.['id'],
    on_day: '2026-11-16',
    reason: 'Moves away',
    deposit: { id: uuid7(), amount_minor: 150_000, how: 'apply' },
  }
  await setClock(noon('2026-11-15'))
  expect(await north.owner.call('terminate_subscription', end)).toMatchObject({
    deposit: { kind: 'applied', held_minor: 0, duplicate: false },
  })
  // Half of November was given back, and the deposit paid the other half.
  const rest = { balance_minor: 0, credit_minor: 150_000 - PRICE / 2 }
  expect(await north.owner.read('subscribers')).toMatchObject([rest])
  expect(await north.owner.call('terminate_subscription', end)).toMatchObject({
    deposit: { duplicate: true },
  })
  expect(await north.owner.read('subscribers')).toMatchObject([rest])
  await expectSound(north)
})

test('a deposit given back at the end of a service asks a second person above the limit', async () => {
  const deposit = { subscriber_id: subscriber, amount_minor: 300_000, method: 'cash' }
  await north.owner.call('take_deposit', {
    deposit: { ...deposit, id: uuid7(), payment_id: uuid7() },
  })
  const [service] = await north.owner.read('subscriptions')
  const ended = await north.owner.call('terminate_subscription', {
    subscription_id: service?.['id'],
    on_day: '2026-11-20',
    reason: 'Moves away',
    deposit: { id: uuid7(), amount_minor: 300_000, how: 'gcash', reference: 'G-1' },
  })
  expect(ended).toMatchObject({ deposit: { state: 'waiting' } })
  expect(await north.owner.read('subscriptions')).toMatchObject([{ state: 'terminated' }])
  expect(await accountOf('deposits')).toBe(-300_000)
  expect(await north.owner.read('approvals')).toMatchObject([
    { kind: 'deposit_return', reason: 'Service ended: Moves away' },
  ])
  await expectSound(north)
})

test('a deposit from credit is no payment, and a void payment takes its deposit back', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 80_000 })
  await north.owner.call('take_deposit', {
    deposit: { id: uuid7(), subscriber_id: subscriber, amount_minor: 80_000 },
  })
  await expect(
    north.owner.call('take_deposit', {
      deposit: { id: uuid7(), subscriber_id: subscriber, amount_minor: 1 },
    }),
  ).rejects.toMatchObject({ detail: 'credit_too_small' })

  const payment = uuid7()
  await north.owner.call('take_deposit', {
    deposit: {
      id: uuid7(),
      payment_id: payment,
      subscriber_id: subscriber,
      amount_minor: 50_000,
      method: 'gcash',
      reference: 'G-77',
    },
  })
  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id: payment,
    reason: 'Fake screenshot',
  })
  const manager = await north.member('payments.approve_void')
  await manager.call('approve_void', { request_id })
  expect(await accountOf('deposits')).toBe(-80_000)
  await expectSound(north)
})
