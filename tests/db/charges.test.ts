// Charges, discounts and deposits: what an invoice takes besides the plan, and what is held and is no revenue.

import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { setClock, sql, transaction } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

const PRICE = 99_900

let north: Tenant
let plan: string
let subscriber: string
let service: string

beforeEach(async () => {
  await setClock(noon('2026-10-20'))
  north = await signUpTenant('North Fiber')
  await sql`update tenancy.billing_settings set first_period_on = '2026-11-01' where tenant_id = ${north.id}`
  plan = await north.plan({ price_minor: PRICE })
  subscriber = await north.subscriber()
  service = await north.service(subscriber, plan, '2026-11-01')
})

async function charge(fields: Record<string, unknown>) {
  const id = uuid7()
  await north.owner.call('save_charge', {
    charge: {
      id,
      subscriber_id: subscriber,
      kind: 'one_time',
      description: 'Router',
      starts_on: '2026-11-01',
      ...fields,
    },
  })
  return id
}

async function stateOf(id: string) {
  const [row] = await north.owner.read<{ state: string }>('charges', { id })
  return row?.state
}

async function totals() {
  const invoices = await north.owner.read<{ period: string; total_minor: number }>('invoices', {
    subscriber_id: subscriber,
  })
  return invoices
    .sort((a, b) => String(a.period).localeCompare(String(b.period)))
    .map(({ total_minor }) => total_minor)
}

async function billMonths(...months: Array<string>) {
  for (const month of months) await bill(north, month)
}

async function accountOf(code: string) {
  const [row] = await sql<Array<{ amount: number }>>`
    select coalesce(sum(e.amount_minor), 0)::int as amount
    from ledger.entries as e join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where a.tenant_id = ${north.id} and a.code = ${code}
  `
  return row?.amount
}

const isVat = () =>
  north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-11-01',
  })

test('a sum in parts is taken part by part and adds up exactly', async () => {
  const id = await charge({ amount_minor: 100_000, parts: 3 })
  const states = [await stateOf(id)]
  for (const month of ['2026-11-01', '2026-12-01', '2027-01-01', '2027-02-01']) {
    await bill(north, month)
    states.push(await stateOf(id))
  }
  expect(states).toEqual(['waiting', 'running', 'running', 'done', 'done'])

  expect(await totals()).toEqual([PRICE + 33_334, PRICE + 33_333, PRICE + 33_333, PRICE])
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 0, parts: 3 }])
  expect(await north.owner.read('charge_parts', { charge_id: id })).toHaveLength(3)
  await expectSound(north)
})

test('any sum in any number of parts adds up, whichever invoice that took one is void', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 12, max: 9_999_999 }),
      fc.integer({ min: 2, max: 6 }),
      fc.nat(3),
      async (amount, parts, voided) => {
        const id = await charge({ amount_minor: amount, parts })
        const taken: Array<number> = []
        for (let seen = 0; seen < parts; seen += 1) {
          const { total_minor } = await north.owner.call<{ total_minor: number }>('bill_charge', {
            charge_id: id,
            seen_count: seen,
          })
          taken.push(total_minor)
        }
        expect(taken.reduce((a, b) => a + b, 0)).toBe(amount)
        expect(Math.max(...taken) - Math.min(...taken)).toBeLessThanOrEqual(1)

        const [part] = await north.owner
          .read<{ invoice_id: string; invoice_number: string }>('charge_parts', { charge_id: id })
          .then((all) => all.slice(voided % parts))
        await sql`select set_config('request.jwt.claims', ${JSON.stringify(north.owner.claims)}, true)`
        await sql`select billing.void_invoice(${String(part?.invoice_id)}, 'A mistake')`
        await north.owner.call('bill_charge', { charge_id: id, seen_count: parts })
        const [sum] = await sql<Array<{ sum: string }>>`
          select sum(x.amount_minor)::text as sum from billing.charge_parts as x
          join billing.invoices as i on i.id = x.invoice_id and i.state <> 'void' where x.charge_id = ${id}
        `
        expect(Number(sum?.sum)).toBe(amount)
      },
    ),
    { numRuns: 6, seed: 3 },
  )
  await expectSound(north)
})

test('a repeating charge is taken as often as it says, until its end, or until it is cancelled', async () => {
  await charge({ description: 'Twice', amount_minor: 1_000, times: 2 })
  await charge({ description: 'Ends', amount_minor: 20, times: 0, until_on: '2026-12-01' })
  const always = await charge({ description: 'Public address', amount_minor: 300, times: 0 })

  await billMonths('2026-11-01', '2026-12-01')
  await north.owner.call('cancel_charge', { charge_id: always })
  expect(await stateOf(always)).toBe('cancelled')
  await bill(north, '2027-01-01')

  expect(await totals()).toEqual([PRICE + 1_320, PRICE + 1_300, PRICE])
  await expect(north.owner.call('cancel_charge', { charge_id: always })).rejects.toMatchObject({
    detail: 'charge_not_waiting',
  })
  await expectSound(north)
})

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

test('an installation fee is on the first invoice of its service', async () => {
  const id = uuid7()
  const ben = await north.subscriber({ name: 'Ben' })
  const start = {
    id,
    subscriber_id: ben,
    plan_id: plan,
    activated_on: '2026-11-16',
    installation_fee_minor: 150_000,
  }
  await north.owner.call('start_subscription', { subscription: start })
  await north.owner.call('start_subscription', { subscription: start })
  await billMonths('2026-11-01', '2026-12-01')
  expect(
    (await north.owner.read<{ total_minor: number }>('invoices', { subscriber_id: ben })).map(
      ({ total_minor }) => total_minor,
    ),
  ).toEqual([PRICE / 2 + 150_000, PRICE])
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

test('a charge can be billed at once, credit pays it first, and a second press bills nothing more', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 20_000 })
  const id = await charge({ amount_minor: 90_000, parts: 3 })
  const billed = await north.owner.call('bill_charge', { charge_id: id, seen_count: 0 })
  const again = await north.owner.call('bill_charge', { charge_id: id, seen_count: 0 })

  expect(billed).toMatchObject({ total_minor: 30_000, duplicate: false })
  expect(again).toMatchObject({ invoice_id: billed['invoice_id'], duplicate: true })
  expect(await north.owner.read('invoices')).toMatchObject([
    { total_minor: 30_000, balance_minor: 10_000 },
  ])
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 2 }])
  await expectSound(north)
})

test('the preview of the next invoice is what the run bills', async () => {
  await charge({ amount_minor: 70_000 })
  await charge({ kind: 'discount', description: 'Loyal', percent_bp: 500 })
  await charge({
    kind: 'discount',
    description: 'On time',
    amount_minor: 5_000,
    is_conditional: true,
  })
  const preview = await north.owner.call<{
    period: string
    total_minor: number
    lines: Array<unknown>
    offers: Array<unknown>
  }>('preview_next_invoice', { subscriber_id: subscriber })

  expect(preview).toMatchObject({ period: '2026-11-01', offers: [{ amount_minor: 5_000 }] })
  await bill(north, '2026-11-01')
  expect(await totals()).toEqual([preview.total_minor])
  expect(await north.owner.read('invoice_lines')).toHaveLength(preview.lines.length)
  expect(await north.owner.read('charge_parts')).toHaveLength(3)
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

test('the last invoice does not ask again what comes once a period, and takes what still waits', async () => {
  await charge({ description: 'Static address', amount_minor: 10_000, times: 0 })
  await billMonths('2026-11-01')
  await charge({ description: 'Cable', amount_minor: 7_000, starts_on: '2026-11-10' })
  await setClock(noon('2026-11-30'))
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-11-30',
    reason: 'Moved',
  })

  const invoices = await north.owner.read<{ id: string; total_minor: number }>('invoices', {
    subscriber_id: subscriber,
  })
  // The cable, less the one day of November that is given back.
  expect(invoices.map(({ total_minor }) => total_minor).sort((a, b) => a - b)).toEqual([
    7_000 - PRICE / 30,
    PRICE + 10_000,
  ])
  await expectSound(north)
})

const end = (on_day: string) =>
  north.owner.call<{ invoice: { invoice_id: string } | null; credit_notes: Array<unknown> }>(
    'terminate_subscription',
    { subscription_id: service, on_day, reason: 'Moved' },
  )

test('the last invoice asks all the parts that are left, and leaves them when it is void', async () => {
  const id = await charge({ amount_minor: 100_000, parts: 5 })
  await billMonths('2026-11-01')
  await setClock(noon('2026-12-01'))
  const { invoice } = await end('2026-12-01')

  expect(await totals()).toEqual([PRICE + 20_000, 80_000])
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 0 }])
  await expectSound(north)

  await north.owner.call('save_billing_settings', { settings: { approval_limit_minor: null } })
  await north.owner.call('void_invoice', {
    invoice_void: { id: uuid7(), reason: 'Stays', invoice_id: invoice?.invoice_id },
  })
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 4 }])
  await expectSound(north)
})

test('a credit that no invoice will take is given back at the end, of what was charged', async () => {
  await charge({ kind: 'discount', description: 'Sorry', amount_minor: PRICE * 2 })
  await isVat()
  await billMonths('2026-11-01', '2026-12-01')
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE })
  // December took the rest of that one; of this one nothing.
  const id = await charge({ kind: 'discount', description: 'Sorry again', amount_minor: 30_000 })
  await billMonths('2027-01-01')
  await charge({ kind: 'discount', description: 'And again', amount_minor: 90_000 })
  await setClock(noon('2027-02-01'))
  const { invoice, credit_notes } = await end('2027-02-01')

  expect(await totals()).toEqual([0, 0, PRICE - 30_000])
  expect({ invoice, count: credit_notes.length }).toEqual({ invoice: null, count: 1 })
  // No more than January still cost.
  expect(await north.owner.read('credit_notes')).toMatchObject([
    { reason: 'And again', total_minor: PRICE - 30_000 },
  ])
  expect(await accountOf('subscriber_credit')).toBe(-PRICE)
  expect(await accountOf('output_vat')).toBe(0)
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 0 }])
  expect(
    await north.owner.call('preview_next_invoice', { subscriber_id: subscriber }),
  ).toMatchObject({ lines: [] })
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

function giveBack(request: Record<string, unknown>) {
  return north.owner.call('return_deposit', {
    deposit_return: {
      id: uuid7(),
      subscriber_id: subscriber,
      method: 'cash',
      reason: 'Moves away',
      ...request,
    },
  })
}

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

test('a charge is refused in a sentence when it makes no sense', async () => {
  const cases: Array<[Record<string, unknown>, string]> = [
    [{ amount_minor: 0 }, 'invalid_amount'],
    [{ amount_minor: 100, percent_bp: 100 }, 'invalid_amount'],
    [{ percent_bp: 100 }, 'invalid_charge'],
    [{ kind: 'late_fee', amount_minor: 100 }, 'invalid_charge'],
    [{ kind: 'discount', percent_bp: 10_001 }, 'invalid_charge'],
    [{ amount_minor: 2, parts: 3 }, 'too_many_parts'],
    [{ amount_minor: 100, subscription_id: uuid7() }, 'subscription_unknown'],
    [{ amount_minor: 100, subscriber_id: uuid7() }, 'subscriber_unknown'],
    [{ amount_minor: 100, until_on: '2026-11-01' }, 'invalid_charge'],
    [{ amount_minor: 100, starts_on: 'soon' }, 'invalid_charge'],
  ]
  for (const [fields, detail] of cases) {
    await expect(charge(fields), JSON.stringify(fields)).rejects.toMatchObject({ detail })
  }
  const clerk = await north.member('billing.read')
  await expect(
    clerk.call('save_charge', { charge: { id: uuid7(), subscriber_id: subscriber } }),
  ).rejects.toMatchObject({ code: 'PT403' })
})

test('the same charge sent twice is one, and other facts under its id are refused', async () => {
  const facts = {
    id: uuid7(),
    subscriber_id: subscriber,
    kind: 'one_time',
    description: 'Router',
    amount_minor: 5_000,
    starts_on: '2026-11-01',
  }
  await north.owner.call('save_charge', { charge: facts })
  expect(await north.owner.call('save_charge', { charge: facts })).toMatchObject({
    duplicate: true,
  })
  await expect(
    north.owner.call('save_charge', { charge: { ...facts, amount_minor: 6_000 } }),
  ).rejects.toMatchObject({ detail: 'charge_conflict' })
  expect(await north.owner.read('charges')).toHaveLength(1)
})
