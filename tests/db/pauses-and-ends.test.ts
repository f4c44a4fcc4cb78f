// Pauses, ends and returns: what was billed for days without service comes back, once.

import { expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { large, linesOf, north, PRICE, send, subscribed } from './serving.ts'

test('a pause is not billed; what was billed comes back, and the fee is charged', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await send('pause_subscription', '2026-11-05', {
    subscription_id: service,
    from_on: '2026-11-21',
    until_on: '2026-12-11',
    fee_minor: 10_000,
    reason: 'Away',
  })
  await bill(north, '2026-12-01')

  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-12-01', PRICE],
    ['2026-11-21', '2026-12-01', -33_300],
    ['2026-12-11', '2027-01-01', 67_674],
    [null, null, 10_000],
  ])
  await expectSound(north)
})

test('a pause ended early is billed from that day', async () => {
  const { subscriber, service } = await subscribed()
  const pause = await send('pause_subscription', '2026-11-01', {
    subscription_id: service,
    from_on: '2026-11-11',
    until_on: '2026-11-21',
  })
  await bill(north, '2026-11-01')
  await send('end_pause', '2026-11-16', {
    subscription_id: service,
    pause_id: pause['id'],
    on_day: '2026-11-16',
  })
  await bill(north, '2026-12-01')

  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-11-11', 33_300],
    ['2026-11-21', '2026-12-01', 33_300],
    ['2026-11-16', '2026-11-21', 16_650],
    ['2026-12-01', '2027-01-01', PRICE],
  ])
  await expectSound(north)
})

test('the quote of an end says its final invoice line by line, what credit pays of it, and how the subscriber then stands', async () => {
  const { subscriber, service } = await subscribed()
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 30_000 })
  await setClock(noon('2026-11-16'))
  expect(
    await north.owner.call('quote_service_change', {
      kind: 'ended',
      change: { subscription_id: service, on_day: '2026-11-16' },
    }),
  ).toMatchObject({
    change: { invoice: { total_minor: 49_950 }, credit_notes: [] },
    after: {
      lines: [{ description: 'Fiber 50, 1 Nov 2026 to 15 Nov 2026', amount_minor: 49_950 }],
      settled_minor: 30_000,
      owed_minor: 19_950,
      credit_minor: 0,
    },
  })
  expect(await north.owner.read('invoices')).toEqual([])

  const plan = await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 1_000 })
  const prepaid = await north.service(subscriber, plan)
  await pay(north.owner, {
    subscriber_id: subscriber,
    subscription_id: prepaid,
    amount_minor: 1_000,
  })
  expect(
    await north.owner.call('quote_service_change', {
      kind: 'ended',
      change: { subscription_id: prepaid, on_day: '2026-11-16' },
    }),
  ).toMatchObject({ after: { lost_until: '2026-12-16T04:00:00+00:00', credit_minor: 30_000 } })
})

test('an end gives the days billed beyond it back at once, by a credit note', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE })
  await setClock(noon('2026-11-16'))
  const quote = await north.owner.call('quote_service_change', {
    kind: 'ended',
    change: { subscription_id: service, on_day: '2026-11-16' },
  })
  expect(quote).toMatchObject({
    change: { invoice: null, credit_notes: [{ total_minor: 49_950 }] },
    after: { lines: [], owed_minor: 0, credit_minor: 49_950, deposit_minor: 0, lost_until: null },
  })
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-11-16',
    reason: 'Moved',
  })
  await bill(north, '2026-12-01')

  expect(await north.owner.read('credit_notes')).toMatchObject([{ total_minor: 49_950 }])
  expect(await north.owner.read('subscribers')).toMatchObject([
    { balance_minor: 0, credit_minor: 49_950 },
  ])
  expect(await linesOf(subscriber)).toEqual([['2026-11-01', '2026-12-01', PRICE]])
  await expectSound(north)
})

test('an end bills what is not billed yet, and takes the credit that is there', async () => {
  await bill(north, '2026-11-01')
  const { subscriber, service } = await subscribed('2026-11-06')
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 10_000 })
  await setClock(noon('2026-11-16'))
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-11-16',
    reason: 'Moved',
  })

  expect(await linesOf(subscriber)).toEqual([['2026-11-06', '2026-11-16', 33_300]])
  expect(await north.owner.read('invoices')).toMatchObject([{ balance_minor: 23_300 }])
  await bill(north, '2026-12-01')
  expect(await linesOf(subscriber)).toHaveLength(1)
  await expectSound(north)
})

test('a service that returns is billed from that day, and no day twice', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-11'))
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-11-11',
    reason: '',
  })
  await send('reactivate_subscription', '2026-11-21', { subscription_id: service })
  await bill(north, '2026-12-01')

  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-12-01', PRICE],
    ['2026-11-21', '2026-12-01', 33_300],
    ['2026-12-01', '2027-01-01', PRICE],
  ])
  await expectSound(north)
})

test('VAT comes back with the days it was charged for', async () => {
  await north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-11-01',
  })
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await send('change_plan', '2026-11-11', { subscription_id: service, plan_id: large })
  await bill(north, '2026-12-01')
  const [invoice] = await sql<Array<{ total: number; vat: number }>>`
    select total_minor::int as total, vat_minor::int as vat from billing.invoices where subscriber_id = ${subscriber} order by serial desc limit 1
  `
  expect(invoice).toEqual({ total: 183_400, vat: 19_650 })
  await expectSound(north)
})

test('days that an invoice gave back are not credited once more', async () => {
  const { service } = await subscribed()
  await bill(north, '2026-11-01')
  await send('change_plan', '2026-11-11', { subscription_id: service, plan_id: large })
  await bill(north, '2026-12-01')
  const [first] = await north.owner.read<{ id: string }>('invoices', { number: 'INV-000001' })

  await expect(
    north.owner.call('preview_credit_note', { invoice_id: first?.id, amount_minor: 33_301 }),
  ).rejects.toMatchObject({ detail: 'beyond_invoice' })
  expect(
    await north.owner.call('preview_credit_note', { invoice_id: first?.id, amount_minor: 33_300 }),
  ).toMatchObject({ left_minor: 0 })
})

test('an end after an upgrade that no invoice took yet gives back and bills in one go', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await send('change_plan', '2026-11-11', { subscription_id: service, plan_id: large })
  await setClock(noon('2026-11-16'))
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-11-16',
    reason: '',
  })

  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-12-01', PRICE],
    ['2026-11-11', '2026-11-16', 25_000],
  ])
  expect(await north.owner.read('credit_notes')).toMatchObject([{ total_minor: 66_600 }])
  expect(await north.owner.read('subscribers')).toMatchObject([
    { balance_minor: PRICE - 66_600 + 25_000 },
  ])
  await bill(north, '2026-12-01')
  expect(await linesOf(subscriber)).toHaveLength(2)
  await expectSound(north)
})

test('an end on a later day is settled at once, and can be taken back', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-16'))
  const end = { subscription_id: service, on_day: '2026-12-11', reason: 'Moving', id: uuid7() }
  const first = await north.owner.call('terminate_subscription', end)
  expect(first).toMatchObject({ invoice: { total_minor: 32_226 } })
  expect(await north.owner.call('terminate_subscription', end)).toEqual(first)
  await send('reactivate_subscription', '2026-11-20', { subscription_id: service })
  await bill(north, '2026-12-01')
  await bill(north, '2027-01-01')

  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-12-01', PRICE],
    ['2026-12-01', '2026-12-11', 32_226],
    ['2026-12-11', '2027-01-01', 67_674],
    ['2027-01-01', '2027-02-01', PRICE],
  ])
  await expectSound(north)
})

test('days given back that an invoice has no room for come by a credit note, and nothing waits', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await send('pause_subscription', '2026-11-02', {
    subscription_id: service,
    from_on: '2026-11-02',
    until_on: '2026-12-21',
  })
  await setClock(noon('2026-12-01'))
  expect(await north.owner.call('preview_billing_run', { period: '2026-12-01' })).toMatchObject({
    total_minor: 35_448,
    credited_minor: 96_570,
  })
  expect(await bill(north, '2026-12-01')).toMatchObject({ invoice_count: 1, exception_count: 0 })
  await bill(north, '2027-01-01')

  expect((await linesOf(subscriber)).slice(1)).toEqual([
    ['2026-12-21', '2027-01-01', 35_448],
    ['2027-01-01', '2027-02-01', PRICE],
  ])
  expect(await north.owner.read('credit_notes')).toMatchObject([
    { invoice_number: 'INV-000001', total_minor: 96_570, credit_minor: 0 },
  ])
  expect(await north.owner.read('subscribers')).toMatchObject([
    { balance_minor: 2 * PRICE - 96_570 + 35_448, credit_minor: 0 },
  ])
  await expectSound(north)
})

test('an end after a pause gives back what its days were charged, also beyond what their invoice came to', async () => {
  await north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-11-01',
  })
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await bill(north, '2026-12-01')
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 2 * PRICE })
  await send('pause_subscription', '2026-12-02', {
    subscription_id: service,
    from_on: '2026-12-02',
    until_on: '2027-01-01',
  })
  await bill(north, '2027-01-01')
  // The third invoice came to 32.22: 999.00 less 966.78 for December.
  await setClock(noon('2027-01-03'))
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2027-01-03',
    reason: 'Moved',
  })

  expect((await linesOf(subscriber)).slice(2)).toEqual([
    ['2026-12-02', '2027-01-01', -96_677],
    ['2027-01-01', '2027-02-01', PRICE],
  ])
  const [note] = await north.owner.read<{ total_minor: number }>('credit_notes')
  expect(note).toMatchObject({
    invoice_number: 'INV-000003',
    total_minor: 93_455,
    credit_minor: 93_455 - (PRICE - 96_677),
    vat_minor: Math.round((93_455 * 12) / 112),
  })
  // November, one day of December and two of January.
  const owed = PRICE + (PRICE - 96_677) + (PRICE - 93_455)
  expect(await north.owner.read('subscribers')).toMatchObject([
    { balance_minor: 0, credit_minor: 2 * PRICE - owed },
  ])
  const [posted] = await sql<Array<{ vat: number }>>`
    select -sum(e.amount_minor)::int as vat from ledger.entries as e
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where a.tenant_id = ${north.id} and a.code = 'output_vat'`
  // Each of the four papers is rounded by itself.
  expect(Math.abs((posted?.vat ?? 0) - (owed * 12) / 112)).toBeLessThan(2)
  await expectSound(north)
})
