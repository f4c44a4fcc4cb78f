// Discounts: what an invoice leaves out, class of VAT by class, and what paying on time earns.

import { expect, test } from 'vitest'
import {
  accountOf,
  billMonths,
  charge,
  isVat,
  north,
  plan,
  PRICE,
  service,
  subscriber,
  totals,
} from './charging.ts'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'

test('a percentage is of what the services cost, rounded once, and lowers VAT', async () => {
  await isVat()
  await charge({ amount_minor: 50_000 })
  await charge({ kind: 'discount', description: 'Loyal', percent_bp: 1_250, times: 2 })
  await billMonths('2026-11-01', '2026-12-01', '2027-01-01')

  expect(
    await sql`select distinct description from billing.invoice_lines where kind = 'discount' and tenant_id = ${north.id}`,
  ).toEqual([{ description: 'Loyal (12.5 %)' }])
  const discounted = PRICE - 12_488
  expect(await totals()).toEqual([discounted + 50_000, discounted, PRICE])
  expect(await north.owner.read('invoices', { period: '2026-12-01' })).toMatchObject([
    { vat_minor: Math.round((discounted * 12) / 112) },
  ])
  await expectSound(north)
})

test('a discount of one service leaves the others alone and takes no more than the service costs', async () => {
  await north.service(subscriber, await north.plan({ price_minor: 50_000 }), '2026-11-01')
  await charge({
    kind: 'discount',
    subscription_id: service,
    description: 'Sorry',
    amount_minor: 200_000,
  })
  await bill(north, '2026-11-01')
  expect(await totals()).toEqual([50_000])
  await expectSound(north)
})

test('a sum given once is given whole: what an invoice has no room for, the next ones take', async () => {
  await charge({ kind: 'discount', description: 'Sorry', amount_minor: 250_000 })
  await billMonths('2026-11-01', '2026-12-01', '2027-01-01', '2027-02-01')
  const given = () => sql<Array<{ given: number; remaining: number }>>`
    select c.remaining, sum(x.amount_minor)::int as given from billing.charges as c
    join billing.charge_parts as x on x.tenant_id = c.tenant_id and x.charge_id = c.id
    join billing.invoices as i on i.tenant_id = x.tenant_id and i.id = x.invoice_id and i.state <> 'void'
    where c.tenant_id = ${north.id} group by c.id, c.remaining`

  expect(await totals()).toEqual([0, 0, 3 * PRICE - 250_000, PRICE])
  expect(await given()).toEqual([{ given: -250_000, remaining: 0 }])
  await expectSound(north)

  // An invoice that took some of it and is void gives it back to the next.
  const [second] = await north.owner.read<{ id: string }>('invoices', { period: '2026-12-01' })
  await north.owner.call('void_invoice', {
    invoice_void: { id: uuid7(), invoice_id: second?.id, reason: 'Wrong' },
  })
  expect(await given()).toEqual([{ given: -150_100, remaining: 1 }])
  await bill(north, '2027-03-01')
  expect((await totals()).at(-1)).toBe(PRICE)
  expect(await given()).toEqual([{ given: -250_000, remaining: 0 }])
  await expectSound(north)
})

test('a discount lowers the VAT of what it lowers, class by class', async () => {
  await isVat()
  const exempt = await north.plan({ price_minor: 50_001, vat_class: 'exempt' })
  await north.service(subscriber, exempt, '2026-11-01')
  await charge({ kind: 'discount', description: 'Loyal', percent_bp: 3_333 })
  await bill(north, '2026-11-01')

  expect(
    await sql`
      select l.vat_class, l.total_minor::int as total, l.vat_minor::int as vat from billing.invoice_lines as l
      where l.tenant_id = ${north.id} and l.kind = 'discount' order by l.line`,
  ).toEqual([
    { vat_class: 'exempt', total: -16_665, vat: 0 },
    { vat_class: 'vatable', total: -33_297, vat: -3_568 },
  ])
  // 149,901 x 33.33 % is rounded once.
  expect(await totals()).toEqual([PRICE + 50_001 - 49_962])
  expect(await north.owner.read('invoices')).toMatchObject([
    { vat_minor: Math.round(((PRICE - 33_297) * 12) / 112) },
  ])
  await expectSound(north)
})

test('a month wholly discounted is invoiced at nothing, with nothing posted', async () => {
  await charge({ kind: 'discount', description: 'First month free', percent_bp: 10_000 })
  expect(await bill(north, '2026-11-01')).toMatchObject({ invoice_count: 1, exception_count: 0 })
  await bill(north, '2026-12-01')

  expect(await totals()).toEqual([0, PRICE])
  expect(await north.owner.read('invoices', { period: '2026-11-01' })).toMatchObject([
    { state: 'paid', balance_minor: 0 },
  ])
  await expectSound(north)
})

test("a plan's discount goes to all who take it, for n months of each, and not to those who leave the plan", async () => {
  const before = await north.subscriber({ name: 'Was there' })
  await north.service(before, plan, '2026-11-01')
  const discount = uuid7()
  const facts = {
    id: discount,
    plan_id: plan,
    description: 'Launch',
    percent_bp: 1_000,
    months: 2,
    starts_on: '2026-11-01',
    until_on: '2026-12-31',
  }
  await north.owner.call('save_plan_discount', { discount: facts })
  // Again is nothing new, and other facts are refused.
  expect(await north.owner.call('save_plan_discount', { discount: facts })).toMatchObject({
    duplicate: true,
  })
  await expect(
    north.owner.call('save_plan_discount', { discount: { ...facts, months: 3 } }),
  ).rejects.toMatchObject({ detail: 'discount_conflict' })

  const taker = await north.subscriber({ name: 'Takes it' })
  await north.service(taker, plan, '2026-11-01')
  const late = await north.subscriber({ name: 'Too late' })
  await north.service(late, plan, '2027-01-01')
  await billMonths('2026-11-01', '2026-12-01', '2027-01-01')

  const of = async (id: string) =>
    (await north.owner.read<{ total_minor: number }>('invoices', { subscriber_id: id }))
      .map(({ total_minor }) => total_minor)
      .sort()
  expect(await of(taker)).toEqual([89_910, 89_910, PRICE])
  expect(await of(before)).toEqual([PRICE, PRICE, PRICE])
  expect(await of(late)).toEqual([PRICE])
  await expectSound(north)
})

test('another price of the same plan is nothing taken anew, and another plan is', async () => {
  const other = await north.plan({ price_minor: 150_000 })
  for (const id of [plan, other]) {
    await north.owner.call('save_plan_discount', {
      discount: {
        id: uuid7(),
        plan_id: id,
        description: 'Launch',
        percent_bp: 1_000,
        starts_on: '2026-11-15',
      },
    })
  }
  const term = (planId: string, from: string, until: string | null) => sql`
    insert into service.subscription_terms (tenant_id, subscription_id, plan_id, price_minor, valid)
    values (${north.id}, ${service}, ${planId}, 110000, daterange(${from}, ${until}))`
  await sql`update service.subscription_terms set valid = '[2026-11-01,2026-12-01)' where subscription_id = ${service}`
  await term(plan, '2026-12-01', '2027-01-01')
  expect(await north.owner.read('charges')).toEqual([])
  await term(other, '2027-01-01', null)
  expect(await north.owner.read('charges')).toMatchObject([
    { starts_on: '2027-01-01', percent_bp: 1_000, remaining: null },
  ])
})

test("a plan's discount can be given to those who have the plan, and taken from them again", async () => {
  const discount = uuid7()
  expect(
    await north.owner.call('save_plan_discount', {
      discount: {
        id: discount,
        plan_id: plan,
        description: 'Anniversary',
        amount_minor: 10_000,
        starts_on: '2026-11-01',
        for_existing: true,
      },
    }),
  ).toMatchObject({ given_count: 1 })
  await bill(north, '2026-11-01')
  await north.owner.call('end_plan_discount', { discount_id: discount, for_existing: true })
  await bill(north, '2026-12-01')
  expect(await totals()).toEqual([PRICE - 10_000, PRICE])
  await expectSound(north)
})

test('the preview of a run, the invoice and its paper say what paying on time takes off', async () => {
  await charge({
    kind: 'discount',
    description: 'On time',
    amount_minor: 5_000,
    times: 0,
    is_conditional: true,
  })
  const ask = (page: object) =>
    north.owner.call('preview_billing_run', { period: '2026-11-01', ...page })
  const offer = { description: 'On time', amount_minor: 5_000, pay_by_on: '2026-11-11' }
  expect(await ask({})).toMatchObject({
    total_minor: PRICE,
    offer_minor: 5_000,
    sample: [{ total_minor: PRICE, offers: [offer] }],
  })
  expect(await ask({ skipped: 1 })).toMatchObject({ invoice_count: 1, sample: [] })
  expect(await ask({ search: 'nobody' })).toMatchObject({
    invoice_count: 1,
    found_count: 0,
    sample: [],
  })

  await bill(north, '2026-11-01')
  const [invoice] = await north.owner.read<{ id: string }>('invoices')
  const paper = () => north.owner.call('invoice_document', { invoice_id: invoice?.id })
  expect(await paper()).toMatchObject({ offers: [{ ...offer, earned_at: null }] })

  await setClock(noon('2026-11-11'))
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE - 5_000 })
  expect(await paper()).toMatchObject({ offers: [{ earned_at: expect.any(String) }] })
  expect(await north.owner.read('charge_parts')).toMatchObject([{ description: 'On time' }])
})

test('two offers beside one invoice are earned together, by paying what is left after both', async () => {
  const offer = { kind: 'discount', times: 0, is_conditional: true }
  await charge({ ...offer, description: 'On time', amount_minor: 5_000 })
  await charge({ ...offer, description: 'Loyal', amount_minor: 3_000 })
  await billMonths('2026-11-01')
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE - 8_001 })
  expect(await accountOf('prompt_discounts')).toBe(0)

  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 1 })
  expect(await accountOf('prompt_discounts')).toBe(8_000)
  expect(await north.owner.read('invoices', { subscriber_id: subscriber })).toMatchObject([
    { state: 'paid', balance_minor: 0 },
  ])
  await expectSound(north)
})

test('paying on time earns the discount: VAT stays, and the rest of the invoice is settled by it', async () => {
  await isVat()
  await charge({
    kind: 'discount',
    description: 'On time',
    amount_minor: 5_000,
    times: 0,
    is_conditional: true,
  })
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-11'))
  const preview = (amount: number) =>
    north.owner.call('preview_payment', { subscriber_id: subscriber, amount_minor: amount })
  expect(await preview(PRICE - 5_001)).toMatchObject({ earns: [] })
  expect(await preview(PRICE - 5_000)).toMatchObject({ earns: [{ amount_minor: 5_000 }] })
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE - 5_000 })

  expect(await north.owner.read('invoices')).toMatchObject([
    { state: 'paid', total_minor: PRICE, vat_minor: 10_704, balance_minor: 0 },
  ])
  expect(await accountOf('prompt_discounts')).toBe(5_000)
  expect(await accountOf('output_vat')).toBe(-10_704)
  await expectSound(north)

  // Paid in full on time, it is credit for the next one.
  await bill(north, '2026-12-01')
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE })
  expect(await accountOf('subscriber_credit')).toBe(-5_000)
  expect(await accountOf('prompt_discounts')).toBe(10_000)
  await expectSound(north)
})

test('paying late or too little earns nothing, and a void payment takes back what it earned', async () => {
  await charge({
    kind: 'discount',
    description: 'On time',
    percent_bp: 1_000,
    times: 0,
    is_conditional: true,
  })
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-11'))
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE - 9_991 })
  expect(await accountOf('prompt_discounts')).toBe(0)
  await setClock(noon('2026-11-12'))
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 9_991 })
  expect(await accountOf('prompt_discounts')).toBe(0)

  // Received on time by the collector, heard of late.
  await bill(north, '2026-12-01')
  await setClock(noon('2026-12-20'))
  const taken = await pay(north.owner, {
    subscriber_id: subscriber,
    amount_minor: PRICE - 9_990,
    received_at: noon('2026-12-11'),
  })
  expect(await accountOf('prompt_discounts')).toBe(9_990)
  await expectSound(north)

  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id: taken.payment_id,
    reason: 'Wrong subscriber',
  })
  const manager = await north.member('payments.approve_void')
  await manager.call('approve_void', { request_id })
  expect(await accountOf('prompt_discounts')).toBe(0)
  expect(await north.owner.read('invoices', { period: '2026-12-01' })).toMatchObject([
    { state: 'open', balance_minor: PRICE },
  ])
  await expectSound(north)
})
