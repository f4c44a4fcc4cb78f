// Above the limit of an ISP one person asks and another decides.

import { expect, test } from 'vitest'
import {
  approve,
  bounce,
  credit,
  invoiceOf,
  limitOf,
  manager,
  north,
  PRICE,
  refund,
  subscriber,
  transfer,
  voidInvoice,
  writeOff,
} from './corrections.ts'
import { uuid7 } from './ids.ts'
import { expectSound, pay } from './money.ts'

test('who may approve is told what is asked and by which way money goes back, and nothing else', async () => {
  await limitOf(0)
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 4 })
  await refund({
    subscriber_id: subscriber,
    amount_minor: 50_000,
    method: 'gcash',
    reference: 'GC-77',
  })
  await credit({ invoice_id: (await invoiceOf('2026-10-01')).id, amount_minor: 10_000 })
  const [payment] = await north.owner.read('payments')
  await north.owner.call('request_void', { payment_id: payment?.id, reason: 'Twice' })

  const decider = await north.member('corrections.approve')
  expect(await decider.read('subscribers')).toEqual([])
  const told = await decider.read('approvals')
  expect(told.find(({ kind }) => kind === 'refund')).toMatchObject({
    subscriber_name: 'Ana Reyes',
    amount_minor: 50_000,
    method: 'gcash',
    reference: 'GC-77',
  })
  expect(told.find(({ kind }) => kind === 'credit_note')).toMatchObject({
    invoice_number: expect.any(String),
    method: null,
  })
  expect(told.map(({ kind }) => kind)).not.toContain('payment_void')

  const voider = await north.member('payments.approve_void')
  expect(await voider.read('approvals')).toMatchObject([
    { kind: 'payment_void', subscriber_name: 'Ana Reyes', amount_minor: PRICE * 4 },
  ])
  const nobody = await north.member('subscribers.read')
  expect(await nobody.read('approvals')).toEqual([])
})

test('above the limit one asks and another makes it; a retry is the same request', async () => {
  await limitOf(50_000)
  const { id } = await invoiceOf('2026-10-01')
  const request = { id: uuid7(), invoice_id: id, amount_minor: 50_001, reason: 'Storm' }

  const asked = await credit(request, manager)
  expect(asked).toMatchObject({ state: 'waiting' })
  expect(await credit(request, manager)).toMatchObject({ state: 'waiting', duplicate: true })
  await expect(credit({ ...request, amount_minor: 60_000 }, manager)).rejects.toMatchObject({
    detail: 'correction_conflict',
  })
  await expect(credit({ ...request, id: uuid7() }, manager)).rejects.toMatchObject({
    detail: 'correction_waiting',
  })
  expect(await invoiceOf('2026-10-01')).toMatchObject({ balance_minor: PRICE })
  expect(await north.owner.read('approvals')).toMatchObject([
    { kind: 'credit_note', state: 'waiting', asked_by_name: 'Somebody', amount_minor: 50_001 },
  ])

  await expect(approve(asked)).rejects.toMatchObject({ detail: 'second_person_needed' })
  expect(await approve(asked, north.owner)).toMatchObject({ state: 'done', number: 'CN-000001' })
  await expect(approve(asked, north.owner)).rejects.toMatchObject({ detail: 'request_decided' })
  expect(await credit(request, manager)).toMatchObject({ state: 'done', number: 'CN-000001' })
  expect(await invoiceOf('2026-10-01')).toMatchObject({ balance_minor: PRICE - 50_001 })
  await expectSound(north)
})

test('a request ends when its invoice changed meanwhile', async () => {
  await limitOf(0)
  const { id } = await invoiceOf('2026-10-01')
  const asked = await credit({ invoice_id: id, amount_minor: 5_000 })
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 100 })

  expect(await approve(asked)).toMatchObject({ state: 'expired', note: expect.any(String) })
  expect(await north.owner.read('credit_notes')).toEqual([])
  expect(await credit({ invoice_id: id, amount_minor: 5_000 })).toMatchObject({ state: 'waiting' })
  await expectSound(north)
})

test('a request is refused with a reason, or taken back by who asked', async () => {
  await limitOf(0)
  const { id } = await invoiceOf('2026-10-01')
  const first = await credit({ invoice_id: id, amount_minor: 5_000 })
  await expect(
    manager.call('withdraw_correction', { correction_id: first.id }),
  ).rejects.toMatchObject({ detail: 'not_the_asker' })
  await manager.call('refuse_correction', { correction_id: first.id, reason: 'Not so' })
  const second = await credit({ invoice_id: id, amount_minor: 6_000 })
  await north.owner.call('withdraw_correction', { correction_id: second.id })

  expect(await north.owner.read('approvals')).toMatchObject([
    { state: 'refused', decision_note: 'Not so' },
    { state: 'withdrawn' },
  ])
  expect(await north.owner.read('credit_notes')).toEqual([])
})

test('each thing needs its permission', async () => {
  const { id } = await invoiceOf('2026-10-01')
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: 500_000 })
  const cashier = await north.member('billing.read', 'payments.read', 'payments.record')
  for (const attempt of [
    () => credit({ invoice_id: id, amount_minor: 5 }, cashier),
    () => voidInvoice({ invoice_id: id }, cashier),
    () => writeOff({ invoice_id: id }, cashier),
    () => refund({ payment_id: taken.payment_id, amount_minor: 5, method: 'cash' }, cashier),
    () => transfer({ payment_id: taken.payment_id, subscriber_id: subscriber }, cashier),
    () => bounce({ payment_id: taken.payment_id }, cashier),
    () => approve({ id: uuid7() }, cashier),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'PT403' })
  }
})
