// Payments: to what they go, how often they are taken, who may take and see them.

import fc from 'fast-check'
import cases from '../cases/allocation.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { addMonths } from '~/domain/calendar'
import { ownDatabase, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay, type Taken } from './money.ts'
import { askVoid, entriesOf, north, openHold, PRICE, step, subscriber } from './paying.ts'
import { signUpTenant } from './story.ts'

test('a payment settles the oldest first and the preview said so', async () => {
  const preview = await north.owner.call('preview_payment', {
    subscriber_id: subscriber,
    amount_minor: 115_000,
  })
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: 115_000 })

  expect(preview).toMatchObject({
    applies: [
      { period: '2026-10-01', amount_minor: PRICE, settles: true, left_minor: 0 },
      { period: '2026-11-01', amount_minor: 15_100, settles: false, left_minor: 84_800 },
    ],
    prepaid: null,
    credit_minor: 0,
    open_after_minor: 84_800,
  })
  expect(taken.applies).toEqual(preview['applies'])
  expect(taken).toMatchObject({ receipt_number: 'R-000001', credit_minor: 0, duplicate: false })
  expect(await entriesOf(taken.payment_id)).toEqual([
    { code: 'cash_office', amount: 115_000 },
    { code: 'subscriber_receivable', amount: -115_000 },
  ])
  expect(await north.owner.read('invoices')).toMatchObject([
    { state: 'paid', balance_minor: 0 },
    { state: 'open', balance_minor: 84_800 },
  ])
  await expectSound(north)
})

test('a retry answers with the same payment, other facts under its id are refused', async () => {
  const payment = {
    id: uuid7(),
    subscriber_id: subscriber,
    amount_minor: 120_000,
    method: 'cash',
    received_at: noon('2026-11-03'),
  }
  const first = await north.owner.call<Taken>('record_payment', { payment })
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 10_000 })
  const again = await north.owner.call<Taken>('record_payment', { payment })

  expect(again).toEqual({ ...first, duplicate: true })
  await expect(
    north.owner.call('record_payment', { payment: { ...payment, amount_minor: 120_001 } }),
  ).rejects.toMatchObject({ code: 'PT409', detail: 'payment_conflict' })
  expect(await north.owner.read('payments')).toHaveLength(2)
  await expectSound(north)
})

test.each([
  ['gcash', 'wallet_gcash'],
  ['maya', 'wallet_maya'],
  ['bank', 'bank'],
  ['cheque', 'cheques'],
  ['withholding', 'creditable_tax'],
])('%s goes to its own account', async (method, code) => {
  const taken = await pay(north.owner, {
    subscriber_id: subscriber,
    amount_minor: PRICE,
    method,
    reference: 'A 1',
  })

  expect(await entriesOf(taken.payment_id)).toEqual([
    { code, amount: PRICE },
    { code: 'subscriber_receivable', amount: -PRICE },
  ])
  await expectSound(north)
})

test('a reference is used once per method, and the refusal says for whom and when', async () => {
  const gcash = { subscriber_id: subscriber, amount_minor: 100, method: 'gcash' }
  await pay(north.owner, { ...gcash, reference: '5012 345 678901' })

  await expect(pay(north.owner, { ...gcash, reference: '5012345678901' })).rejects.toMatchObject({
    detail: 'reference_used',
    message:
      'This reference was already used for Ana Reyes on 3 Nov 2026 (receipt R-000001). Check the number, or open that payment.',
  })
  await pay(north.owner, { ...gcash, method: 'maya', reference: '5012345678901' })
  const south = await signUpTenant('South Fiber')
  await pay(south.owner, {
    ...gcash,
    subscriber_id: await south.subscriber(),
    reference: '5012345678901',
  })
})

test.each([
  [{ amount_minor: 0 }, 'invalid_amount'],
  [{ amount_minor: -5 }, 'invalid_amount'],
  [{ amount_minor: 10.5 }, 'invalid_amount'],
  [{ amount_minor: 10_000_000_000 }, 'invalid_amount'],
  [{ method: 'gold' }, 'invalid_method'],
  [{ method: 'gcash' }, 'reference_missing'],
  [{ method: 'gcash', reference: '  ' }, 'reference_missing'],
  [{ received_at: noon('2026-11-04') }, 'received_in_future'],
  [{ received_at: '0206-11-03T04:00:00Z' }, 'received_long_ago'],
  [{ received_at: 'yesterday' }, 'invalid_payment'],
  [{ id: 'x' }, 'invalid_payment'],
  [{ subscriber_id: uuid7() }, 'subscriber_unknown'],
  [{ subscriber_id: null }, 'subscriber_missing'],
  [{ subscription_id: uuid7(), amount_minor: 500_000 }, 'subscription_unknown'],
  [{ reference: 'x'.repeat(81) }, 'invalid_payment'],
])('%o is refused as %s and leaves nothing', async (fields, detail) => {
  await expect(
    pay(north.owner, { subscriber_id: subscriber, amount_minor: 100, ...fields }),
  ).rejects.toMatchObject({ detail })
  expect(await north.owner.read('payments')).toEqual([])
  expect(await north.owner.read('document_series', { kind: 'receipt' })).toMatchObject([
    { next_number: 1 },
  ])
})

test('a payment within five minutes ahead is a clock, not a mistake', async () => {
  await pay(north.owner, {
    subscriber_id: subscriber,
    amount_minor: 100,
    received_at: '2026-11-03T12:04:59+08:00',
  })
})

test('what nobody is owed stays as credit', async () => {
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: 250_000 })

  expect(taken.credit_minor).toBe(250_000 - PRICE * 2)
  expect(await north.owner.read('subscribers')).toMatchObject([
    { balance_minor: 0, credit_minor: 50_200 },
  ])
  await expectSound(north)
})

test('service comes back with the payment that leaves nothing past due', async () => {
  const [service] = await north.owner.read<{ id: string }>('subscriptions')
  await openHold(String(service?.id))

  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE - 1 })
  expect(await north.owner.read('service_status')).toMatchObject([{ is_on: false }])
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 1 })
  expect(await north.owner.read('service_status')).toMatchObject([{ is_on: true }])
})

test('a manual hold is not touched by money', async () => {
  const [service] = await north.owner.read<{ id: string }>('subscriptions')
  await north.owner.call('open_hold', {
    subscription_id: service?.id,
    kind: 'manual',
    reason: 'Asked',
  })
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 3 })

  expect(await north.owner.read('service_status')).toMatchObject([{ is_on: false }])
})

test('taking money needs the permission, and another ISP can neither see nor pay', async () => {
  const guest = await north.member('payments.read')
  const south = await signUpTenant('South Fiber')
  const payment = { subscriber_id: subscriber, amount_minor: 100 }

  await expect(pay(guest, payment)).rejects.toMatchObject({ code: 'PT403' })
  await expect(pay(south.owner, payment)).rejects.toMatchObject({ detail: 'subscriber_unknown' })
  await expect(
    south.owner.call('preview_payment', { subscriber_id: subscriber, amount_minor: 100 }),
  ).rejects.toMatchObject({ detail: 'subscriber_unknown' })
  await pay(north.owner, payment)
  expect(await south.owner.read('payments')).toEqual([])
  expect(await south.owner.read('receipts')).toEqual([])
})

test('a counter cannot pass for the field', async () => {
  const taken = await pay(north.owner, {
    subscriber_id: subscriber,
    amount_minor: 100,
    channel: 'field',
    received_by: uuid7(),
    receipt_number: 'X-1',
    receipt_serial: 99,
  })

  expect(taken.receipt_number).toBe('R-000001')
  expect(await north.owner.read('payments')).toMatchObject([
    { channel: 'counter', received_by: north.owner.memberId },
  ])
})

test.each(cases)('$because', async ({ payment, open, gives, credit }) => {
  const other = await north.subscriber()
  for (const [at, [id, dueOn, amount]] of open.entries()) {
    await sql`
      insert into billing.invoices
        (tenant_id, id, subscriber_id, state, serial, number, issued_on, due_on, regime, rate_bp, net_minor, total_minor, balance_minor)
      values (${north.id}, ${String(id)}, ${other}, 'open', ${900 + at}, ${`X-${at}`}, '2026-01-01', ${String(dueOn)}, 'non_vat', 0,
        ${Number(amount)}, ${Number(amount)}, ${Number(amount)})
    `
  }
  const plan = await north.owner.call<Taken>('preview_payment', {
    subscriber_id: other,
    amount_minor: payment,
  })

  expect(plan.applies.map(({ invoice_id, amount_minor }) => [invoice_id, amount_minor])).toEqual(
    gives,
  )
  expect(plan.credit_minor).toBe(credit)
})

test('the statement adds up line by line', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 250_000 })
  await bill(north, '2026-12-01')

  const statement = await north.owner.call('subscriber_statement', {
    subscriber_id: subscriber,
    from_on: '2026-11-01',
    until_on: '2026-12-31',
  })
  expect(statement).toMatchObject({
    opening_minor: PRICE,
    closing_minor: 49_700,
    lines: [
      { on: '2026-11-01', kind: 'invoice', document: 'INV-000002', balance_minor: PRICE * 2 },
      { on: '2026-11-03', kind: 'payment', document: 'R-000001', balance_minor: -50_200 },
      { on: '2026-12-01', kind: 'invoice', document: 'INV-000003', balance_minor: 49_700 },
    ],
  })
})

test('a receipt that nobody received, or of nobody, is not for everybody', async () => {
  const nameless = uuid7()
  const imported = uuid7()
  await sql`select access.act_for(${north.id})`
  await sql`
    select collections.take_payment(jsonb_build_object('id', ${nameless}::text, 'received_by', ${north.owner.memberId}::text,
      'method', 'cash', 'channel', 'field', 'amount_minor', 1000))
  `
  await sql`
    select collections.take_payment(jsonb_build_object('id', ${imported}::text, 'subscriber_id', ${subscriber}::text,
      'method', 'cash', 'channel', 'import', 'amount_minor', 1000))
  `
  await sql`select access.act_for(null)`

  const technician = await north.member('jobs.work')
  const ben = await north.portal(await north.subscriber({ name: 'Ben Cruz' }))
  for (const [person, id] of [
    [technician, nameless],
    [technician, imported],
    [ben, nameless],
    [ben, imported],
  ] as const) {
    await expect(person.call('receipt_document', { payment_id: id })).rejects.toMatchObject({
      code: 'PT403',
    })
  }
})

test('a subscriber sees the own documents, and nobody else does', async () => {
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: 115_000 })
  const ana = await north.portal(subscriber)
  const ben = await north.portal(await north.subscriber({ name: 'Ben Cruz' }))
  const [invoice] = await ana.read<{ id: string }>('invoices', { state: 'open' })

  expect(await ana.call('portal_home')).toMatchObject({
    balance_minor: 84_800,
    credit_minor: 0,
    oldest_due_on: '2026-11-11',
    services: [{ billing_mode: 'postpaid', is_on: true, price_minor: PRICE }],
    open_invoices: [{ number: 'INV-000002', balance_minor: 84_800 }],
    recent_receipts: [{ number: 'R-000001', amount_minor: 115_000 }],
  })
  expect(await ana.call('receipt_document', { payment_id: taken.payment_id })).toMatchObject({
    receipt_number: 'R-000001',
    amount_minor: 115_000,
    subscriber: { name: 'Ana Reyes' },
    received_by_name: 'North Fiber Owner',
    disclaimer: 'THIS DOCUMENT IS NOT VALID FOR CLAIM OF INPUT TAX',
  })
  expect(await ana.call('invoice_document', { invoice_id: invoice?.id })).toMatchObject({
    number: 'INV-000002',
    payments: [{ receipt_number: 'R-000001', amount_minor: 15_100 }],
  })
  const answer = ben.call('invoice_document', { invoice_id: invoice?.id })
  await expect(answer).rejects.toMatchObject({ code: 'PT403' })
  const receipt = ben.call('receipt_document', { payment_id: taken.payment_id })
  await expect(receipt).rejects.toMatchObject({ code: 'PT403' })
  expect(await ben.read('invoices')).toEqual([])
  expect(await ben.read('payments')).toEqual([])
})

test.each(fc.sample(fc.array(step, { minLength: 25, maxLength: 25 }), { numRuns: 4, seed: 11 }))(
  'any story of bills, payments, charges and voids keeps every invariant',
  async (...steps) => {
    const manager = await north.member('payments.approve_void')
    const taken: Array<string> = []
    let month = 0

    for (const next of steps) {
      if (next.does === 'pay') {
        const payment = await pay(north.owner, {
          subscriber_id: subscriber,
          amount_minor: next.amount,
          received_at: noon('2026-11-03'),
        })
        taken.push(payment.payment_id)
      }
      if (next.does === 'void' && taken.length > 0) {
        const [payment] = taken.splice(next.which % taken.length, 1)
        const request = await askVoid(north.owner, String(payment))
        await manager.call('approve_void', { request_id: request })
      }
      if (next.does === 'charge') {
        await sql`
        insert into billing.charges (tenant_id, subscriber_id, kind, description, amount_minor, starts_on)
        values (${north.id}, ${subscriber}, ${next.amount < 0 ? 'discount' : 'one_time'}, 'Something', ${next.amount}, '2026-11-01')
      `
      }
      if (next.does === 'bill') {
        month += 1
        await bill(north, addMonths('2026-11-01', month))
      }
      await expectSound(north)
    }
  },
)

test('a payment reads as little in a large ISP as in a small one', async () => {
  // A thousand others, each billed and offered something for paying on time.
  await sql`
    insert into service.subscribers (tenant_id, account_no, name)
    select ${north.id}, 'B-' || n, 'Subscriber ' || n from generate_series(1, 1000) as n
  `
  await sql`
    with invoices as (
      insert into billing.invoices (tenant_id, subscriber_id, state, serial, number, issued_on, due_on, regime, net_minor, total_minor, balance_minor)
      select s.tenant_id, s.id, 'open', substr(s.account_no, 3)::integer + 100, s.account_no, '2026-11-01', '2026-11-15', 'non_vat', 100, 100, 100
      from service.subscribers as s where s.account_no like 'B-%'
      returning tenant_id, id, subscriber_id
    ), charges as (
      insert into billing.charges (tenant_id, id, subscriber_id, kind, description, amount_minor, is_conditional, starts_on)
      select i.tenant_id, i.id, i.subscriber_id, 'discount', 'On time', -10, true, '2026-11-01' from invoices as i
      returning tenant_id, id
    )
    insert into billing.charge_parts (tenant_id, charge_id, invoice_id, amount_minor, pay_by_on)
    select c.tenant_id, c.id, c.id, -10, '2026-11-15' from charges as c
  `
  await sql`analyze service.subscribers, ledger.accounts, billing.invoices, billing.charges, billing.charge_parts`
  const read = () => sql<Array<{ name: string; rows: number }>>`
    select format('%s.%s', schemaname, relname) as name, (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as rows
    from pg_stat_xact_user_tables
  `
  const before = new Map((await read()).map(({ name, rows }) => [name, rows]))
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 115_000 })

  const much = (await read()).filter(({ name, rows }) => rows - (before.get(name) ?? 0) > 50)
  expect(much).toEqual([])
})

test('eight counters at once: one payment per id, each centavo once, receipts without gaps', async () => {
  const own = await ownDatabase()
  const stage = { sql: own.sql as unknown as typeof sql, actor: own.actor }
  const busy = await signUpTenant('Busy Fiber', stage)
  const payers = await Promise.all([1, 2, 3].map(() => busy.subscriber()))
  const payments = Array.from({ length: 24 }, (_, at) => ({
    id: uuid7(),
    subscriber_id: payers[at % 3],
    amount_minor: 1_000 + at,
    method: at % 2 === 0 ? 'cash' : 'gcash',
    reference: at % 2 === 0 ? null : `ref ${at}`,
    received_at: '2026-01-05T02:00:00Z',
  }))

  const storm = [...payments, ...payments, ...payments]
  const answers = await Promise.all(
    storm.map((payment) => busy.owner.call<Taken>('record_payment', { payment })),
  )

  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(payments.length)
  const rows = await busy.owner.read<{ receipt_number: string; amount_minor: number }>('payments')
  expect(rows.map(({ receipt_number }) => receipt_number).sort()).toEqual(
    payments.map((_, at) => `R-${String(at + 1).padStart(6, '0')}`),
  )
  expect(await own.sql`select * from ledger.offences()`).toEqual([])
})

test('the same reference at two counters at once is taken once', async () => {
  const own = await ownDatabase()
  const stage = { sql: own.sql as unknown as typeof sql, actor: own.actor }
  const busy = await signUpTenant('Busy Fiber', stage)
  const answers = await Promise.allSettled(
    Array.from({ length: 6 }, async () =>
      pay(busy.owner, {
        subscriber_id: await busy.subscriber(),
        amount_minor: 500,
        method: 'gcash',
        reference: 'one and the same',
      }),
    ),
  )

  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const answer of answers) {
    if (answer.status === 'rejected') {
      expect(answer.reason).toMatchObject({ detail: 'reference_used' })
    }
  }
  expect(await own.sql`select * from ledger.offences()`).toEqual([])
})
