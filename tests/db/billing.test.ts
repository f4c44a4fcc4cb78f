import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { addDays, addMonths, daysBetween } from '~/domain/calendar'
import { minor } from '~/domain/money'
import { prorate } from '~/domain/period'
import periodCases from '../cases/period.json' with { type: 'json' }
import vatCases from '../cases/vat.json' with { type: 'json' }
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

const PRICE = 99_900

let north: Tenant
let plan: string

beforeEach(async () => {
  await setClock(noon('2026-10-05'))
  north = await signUpTenant('North Fiber')
  await setClock(noon('2026-11-01'))
  plan = await north.plan({ price_minor: PRICE })
})

async function subscribed(activatedOn: string, settings: { plan?: string } = {}) {
  const subscriber = await north.subscriber()
  const service = await north.service(subscriber, settings.plan ?? plan, activatedOn)
  return { subscriber, service }
}

async function linesOf(subscriber: string) {
  const rows = await sql<
    Array<{ kind: string; period: string; from: string; until: string; total: string }>
  >`
    select l.kind, l.period::text,
      (l.service_from at time zone 'Asia/Manila')::date::text as from,
      (l.service_until at time zone 'Asia/Manila')::date::text as until,
      l.total_minor::text as total
    from billing.invoice_lines as l
    join billing.invoices as i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    where i.subscriber_id = ${subscriber}
    order by i.serial, l.line
  `
  return rows.map(({ kind, from, until, total }) => [kind, from, until, Number(total)])
}

async function charge(subscriber: string, fields: Record<string, unknown>) {
  const row = {
    kind: 'one_time',
    description: 'Router',
    amount_minor: 150_000,
    starts_on: '2026-11-01',
    remaining: 1,
    vat_class: 'vatable',
    ...fields,
  }
  await sql`
    insert into billing.charges (tenant_id, subscriber_id, kind, description, amount_minor, starts_on, remaining, vat_class)
    values (${north.id}, ${subscriber}, ${row.kind}, ${row.description}, ${row.amount_minor}, ${row.starts_on}, ${row.remaining}, ${row.vat_class})
  `
}

test.each(periodCases.boundaries)('boundary: $because', async ({ anchor, k, gives }) => {
  expect(await sql`select billing.boundary(${anchor}, ${k})::text as gives`).toEqual([{ gives }])
})

test.each(periodCases.periods)('period: $because', async ({ invoice_day, day, from, until }) => {
  expect(
    await sql`
      select starts_on::text as from, until_on::text as until
      from billing.period_of(billing.anchor(${invoice_day}::smallint), ${day})
    `,
  ).toEqual([{ from, until }])
})

test.each(periodCases.prorations)('proration: $because', async ({ price, days, of, gives }) => {
  expect(await sql`select billing.prorate(${price}, ${days}, ${of})::int as gives`).toEqual([
    { gives },
  ])
})

test.each(vatCases)('VAT: $because', async ({ rate_bp, lines, gives }) => {
  const rows = await sql<Array<{ vat: number }>>`
    select v.vat_minor::int as vat
    from billing.spread_vat((
      select array_agg(row(${north.id}::uuid, null, l.position, 'one_time', 'x', null, null, null, 'vatable', l.amount, null, null, null, null, null, null)::billing.proposed_line)
      from unnest(${lines}::bigint[]) with ordinality as l(amount, position)
    ), ${rate_bp}) as v
    order by v.position
  `
  expect(rows.map(({ vat }) => vat)).toEqual(gives)
})

test('a period is billed in advance, once', async () => {
  const { subscriber } = await subscribed('2026-11-01')

  expect(await bill(north, '2026-11-01')).toMatchObject({ state: 'done', invoice_count: 1 })
  expect(await bill(north, '2026-11-01', '2026-11-05')).toMatchObject({ invoice_count: 1 })

  expect(await linesOf(subscriber)).toEqual([['recurring', '2026-11-01', '2026-12-01', PRICE]])
  expect(await north.owner.read('invoices')).toMatchObject([
    {
      number: 'INV-000001',
      state: 'open',
      issued_on: '2026-11-01',
      due_on: '2026-11-11',
      total_minor: PRICE,
      balance_minor: PRICE,
    },
  ])
  await expectSound(north)
})

test('a service that began within a period pays its days with the next', async () => {
  await bill(north, '2026-11-01')
  const { subscriber } = await subscribed('2026-11-10')

  await bill(north, '2026-12-01')

  expect(await linesOf(subscriber)).toEqual([
    ['recurring', '2026-11-10', '2026-12-01', 69_930],
    ['recurring', '2026-12-01', '2027-01-01', PRICE],
  ])
  await expectSound(north)
})

test('a run that is looked through again bills what was added, and nothing twice', async () => {
  const first = await subscribed('2026-11-01')
  await bill(north, '2026-11-01')
  const second = await subscribed('2026-11-03')

  expect(await bill(north, '2026-11-01', '2026-11-04')).toMatchObject({ invoice_count: 2 })
  expect(await linesOf(first.subscriber)).toHaveLength(1)
  expect(await linesOf(second.subscriber)).toEqual([
    ['recurring', '2026-11-03', '2026-12-01', 93_240],
  ])
})

test('no day before the first period is ever billed', async () => {
  const { subscriber } = await subscribed('2024-01-15')
  await bill(north, '2026-11-01')

  expect(await linesOf(subscriber)).toEqual([['recurring', '2026-11-01', '2026-12-01', PRICE]])
})

test('paused days are not billed', async () => {
  const { subscriber, service } = await subscribed('2026-11-01')
  await sql`
    insert into service.pauses (tenant_id, subscription_id, days)
    values (${north.id}, ${service}, '[2026-11-11,2026-11-21)')
  `
  await bill(north, '2026-11-01')

  expect(await linesOf(subscriber)).toEqual([
    ['recurring', '2026-11-01', '2026-11-11', 33_300],
    ['proration', '2026-11-21', '2026-12-01', 33_300],
  ])
  await expectSound(north)
})

test('when the terms change inside a period each part has its price, and the parts add up', async () => {
  const { subscriber, service } = await subscribed('2026-11-01')
  await sql`update service.subscription_terms set valid = daterange('2026-11-01', '2026-11-08') where subscription_id = ${service}`
  await sql`
    insert into service.subscription_terms (tenant_id, subscription_id, plan_id, price_minor, valid)
    values (${north.id}, ${service}, ${plan}, ${PRICE}, '[2026-11-08,)')
  `
  await bill(north, '2026-11-01')

  const lines = await linesOf(subscriber)
  expect(lines.map(([kind, from, until]) => [kind, from, until])).toEqual([
    ['recurring', '2026-11-01', '2026-11-08'],
    ['proration', '2026-11-08', '2026-12-01'],
  ])
  expect(lines.reduce((total, line) => total + Number(line[3]), 0)).toBe(PRICE)
  await expectSound(north)
})

test('a service that ended pays up to its end, also when the run is late', async () => {
  const { subscriber, service } = await subscribed('2026-11-01')
  await setClock(noon('2026-11-16'))
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-11-16',
    reason: 'Moved',
  })
  await bill(north, '2026-11-01', '2026-11-20')
  await bill(north, '2026-12-01')

  expect(await linesOf(subscriber)).toEqual([['recurring', '2026-11-01', '2026-11-16', 49_950]])
  await expectSound(north)
})

test('a new invoice day bills no day twice', async () => {
  const { subscriber } = await subscribed('2026-11-01')
  await bill(north, '2026-11-01')
  await north.owner.call('save_billing_settings', { settings: { invoice_day: 15 } })
  await bill(north, '2026-11-15')
  await bill(north, '2026-12-15')

  expect(await linesOf(subscriber)).toEqual([
    ['recurring', '2026-11-01', '2026-12-01', PRICE],
    ['recurring', '2026-12-01', '2026-12-15', 46_620],
    ['recurring', '2026-12-15', '2027-01-15', PRICE],
  ])
  await expectSound(north)
})

test('a bill day moved across the end of February leaves no day out', async () => {
  await north.owner.call('save_billing_settings', { settings: { invoice_day: 28 } })
  const { subscriber } = await subscribed('2027-01-28')
  await bill(north, '2027-01-28')
  await bill(north, '2027-02-28')
  await north.owner.call('save_billing_settings', { settings: { invoice_day: 31 } })
  await bill(north, '2027-03-31')

  expect(await linesOf(subscriber)).toEqual([
    ['recurring', '2027-01-28', '2027-02-28', PRICE],
    ['recurring', '2027-02-28', '2027-03-28', PRICE],
    ['recurring', '2027-03-28', '2027-03-31', 9_668],
    ['recurring', '2027-03-31', '2027-04-30', PRICE],
  ])
  await expectSound(north)
})

test('an earlier bill day makes no run of the past', async () => {
  await charge((await subscribed('2026-11-01')).subscriber, { remaining: 3 })
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-20'))
  await north.owner.call('save_billing_settings', { settings: { invoice_day: 15 } })

  expect(await north.owner.call('next_billing_run')).toMatchObject({ period: '2026-11-15' })
  await bill(north, '2026-11-15', '2026-11-20')
  expect(await north.owner.call('next_billing_run')).toMatchObject({ period: '2026-12-15' })
})

test('a service may keep its own bill day', async () => {
  const subscriber = await north.subscriber()
  await north.owner.call('start_subscription', {
    subscription: {
      id: uuid7(),
      subscriber_id: subscriber,
      plan_id: plan,
      activated_on: '2026-11-30',
      bill_anchor_on: '2026-10-31',
    },
  })
  await bill(north, '2026-11-30')
  await bill(north, '2026-12-01')
  await bill(north, '2026-12-31')

  expect(await linesOf(subscriber)).toEqual([
    ['recurring', '2026-11-30', '2026-12-31', PRICE],
    ['recurring', '2026-12-31', '2027-01-31', PRICE],
  ])
  await expectSound(north)
})

test('while a service is off, nothing is billed where the ISP chose so', async () => {
  await north.owner.call('save_billing_settings', { settings: { bills_while_suspended: false } })
  const { subscriber, service } = await subscribed('2026-11-01')
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-20'))
  const { id } = await north.owner.call<{ id: string }>('open_hold', {
    subscription_id: service,
    kind: 'manual',
    reason: 'Asked for it',
  })
  await bill(north, '2026-12-01')
  await setClock(noon('2026-12-11'))
  await north.owner.call('close_hold', { hold_id: id, reason: 'Back' })
  await bill(north, '2027-01-01')

  expect(await linesOf(subscriber)).toEqual([
    ['recurring', '2026-11-01', '2026-12-01', PRICE],
    ['recurring', '2026-12-11', '2027-01-01', 67_674],
    ['recurring', '2027-01-01', '2027-02-01', PRICE],
  ])
  await expectSound(north)
})

test('waiting charges and discounts go on the next invoices, as often as they say', async () => {
  const { subscriber } = await subscribed('2026-11-01')
  await charge(subscriber, {})
  await charge(subscriber, {
    kind: 'discount',
    description: 'Welcome',
    amount_minor: -10_000,
    remaining: 2,
  })
  await charge(subscriber, { description: 'Later', starts_on: '2026-12-15' })

  await bill(north, '2026-11-01')
  await bill(north, '2026-12-01')
  await bill(north, '2027-01-01')

  const invoices = await north.owner.read<{ total_minor: number; period: string }>('invoices')
  expect(invoices.map(({ period, total_minor }) => [period, total_minor])).toEqual([
    ['2026-11-01', PRICE + 140_000],
    ['2026-12-01', PRICE - 10_000],
    ['2027-01-01', PRICE + 150_000],
  ])
  await expectSound(north)
})

test('a run that is looked through again takes no second part of a charge', async () => {
  const { subscriber } = await subscribed('2026-11-01')
  await charge(subscriber, { description: 'Router, a part', remaining: 3 })

  await bill(north, '2026-11-01')
  await bill(north, '2026-11-01', '2026-11-02')
  expect(await north.owner.read('invoices')).toMatchObject([{ total_minor: PRICE + 150_000 }])

  // What was added since is still taken.
  await charge(subscriber, { description: 'Cable', amount_minor: 20_000 })
  await bill(north, '2026-11-01', '2026-11-03')
  expect((await north.owner.read('invoices')).map(({ total_minor }) => total_minor).sort()).toEqual(
    [20_000, PRICE + 150_000],
  )
  await expectSound(north)
})

test('a discount takes no more than there is, and stops nothing', async () => {
  const { subscriber } = await subscribed('2026-11-01')
  await charge(subscriber, {
    kind: 'discount',
    description: 'Free month',
    amount_minor: -PRICE - 1,
  })

  expect(await bill(north, '2026-11-01')).toMatchObject({ invoice_count: 1, exception_count: 0 })
  await bill(north, '2026-12-01')

  expect(await north.owner.read('invoices')).toMatchObject([
    { total_minor: 0 },
    { total_minor: PRICE },
  ])
  await expectSound(north)
})

test('VAT is inside the price, rounded once, and posted with the invoice', async () => {
  await north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-12-01',
  })
  const { subscriber } = await subscribed('2026-11-01')
  await charge(subscriber, { amount_minor: 5_000, remaining: 2 })
  await charge(subscriber, { amount_minor: 7_000, vat_class: 'exempt', remaining: 2 })
  await charge(subscriber, { kind: 'late_fee', amount_minor: 5_000, starts_on: '2026-12-01' })
  await bill(north, '2026-11-01')
  await bill(north, '2026-12-01')

  const invoices = await north.owner.read<{ id: string }>('invoices')
  expect(invoices).toMatchObject([
    { regime: 'non_vat', vat_minor: 0, total_minor: 111_900 },
    { regime: 'vat', vat_minor: 11_775, net_minor: 105_125, total_minor: 116_900 },
  ])
  const document = await north.owner.call('invoice_document', { invoice_id: invoices[1]?.id })
  expect(document['vat_summary']).toEqual({
    vatable_minor: 98_125,
    exempt_minor: 7_000,
    zero_rated_minor: 0,
    vat_minor: 11_775,
  })
  expect(
    await sql`
      select a.code, e.amount_minor::int as amount
      from ledger.transactions as t
      join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
      join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
      where t.source_id = ${String(invoices[1]?.id)} order by e.line
    `,
  ).toEqual([
    { code: 'subscriber_receivable', amount: 116_900 },
    { code: 'revenue', amount: -100_661 },
    { code: 'output_vat', amount: -11_775 },
    { code: 'other_income', amount: -4_464 },
  ])
  await expectSound(north)
})

test('credit is taken by the next invoice at once', async () => {
  const { subscriber } = await subscribed('2026-11-01')
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 150_000 })
  await bill(north, '2026-11-01')
  await bill(north, '2026-12-01')

  expect(await north.owner.read('invoices')).toMatchObject([
    { state: 'paid', balance_minor: 0 },
    { state: 'open', balance_minor: PRICE * 2 - 150_000 },
  ])
  expect(await north.owner.read('subscribers')).toMatchObject([
    { balance_minor: PRICE * 2 - 150_000, credit_minor: 0 },
  ])
  await expectSound(north)
})

test('the preview is what the run does, and changes nothing', async () => {
  await Promise.all([subscribed('2026-11-01')])
  const late = await subscribed('2026-10-20')
  await charge(late.subscriber, {})
  const broken = await subscribed('2026-11-01')
  await sql`update service.subscription_terms set valid = '[2026-11-10,)' where subscription_id = ${broken.service}`

  type Preview = { invoice_count: number; total_minor: number; exceptions: Array<unknown> }
  const preview = await north.owner.call<Preview>('preview_billing_run', { period: '2026-11-01' })
  expect(await north.owner.read('invoices')).toEqual([])
  const run = await bill(north, '2026-11-01')

  expect(preview.exceptions).toMatchObject([{ reason: 'no_price' }])
  expect(run).toMatchObject({
    invoice_count: preview.invoice_count,
    total_minor: preview.total_minor,
    exception_count: preview.exceptions.length,
  })
})

test('what could not be billed is billed once its cause is gone', async () => {
  const { subscriber, service } = await subscribed('2026-11-01')
  await sql`update service.subscription_terms set valid = '[2026-11-10,)' where subscription_id = ${service}`
  await bill(north, '2026-11-01')
  await sql`update service.subscription_terms set valid = '[2026-11-01,)' where subscription_id = ${service}`

  expect(await bill(north, '2026-11-01')).toMatchObject({ exception_count: 0 })
  expect(await linesOf(subscriber)).toEqual([['recurring', '2026-11-01', '2026-12-01', PRICE]])
})

test('more lines than the bound are refused for that service alone', async () => {
  await sql`update tenancy.billing_settings set first_period_on = '2020-01-01' where tenant_id = ${north.id}`
  await subscribed('2024-01-01')
  await subscribed('2026-11-01')

  expect(await bill(north, '2026-11-01')).toMatchObject({ invoice_count: 1, exception_count: 1 })
  expect(await north.owner.read('run_exceptions')).toMatchObject([{ reason: 'too_many_lines' }])
})

test('prepaid, pending and never-begun services are not billed', async () => {
  const prepaid = await north.plan({ billing_mode: 'prepaid', prepaid_days: 30 })
  await subscribed('2026-11-01', { plan: prepaid })
  await subscribed('2026-12-05')

  expect(await bill(north, '2026-11-01')).toMatchObject({ invoice_count: 0, exception_count: 0 })
})

test('a period is not billed before it begins, nor a day that begins none', async () => {
  const call = (period: string) => north.owner.call('run_billing', { period })

  await expect(call('2026-12-01')).rejects.toMatchObject({ detail: 'period_not_begun' })
  await expect(call('2026-10-31')).rejects.toMatchObject({ detail: 'not_a_period' })
})

test('running and seeing need their permissions, and another ISP sees nothing', async () => {
  await subscribed('2026-11-01')
  await bill(north, '2026-11-01')
  const guest = await north.member()
  const south = await signUpTenant('South Fiber')

  await expect(guest.call('run_billing', { period: '2026-11-01' })).rejects.toMatchObject({
    code: 'PT403',
  })
  await expect(guest.call('preview_billing_run', { period: '2026-11-01' })).rejects.toMatchObject({
    code: 'PT403',
  })
  expect(await guest.read('invoices')).toEqual([])
  expect(await south.owner.read('invoices')).toEqual([])
  expect(await south.owner.read('billing_runs')).toEqual([])
})

test('an issued invoice is not edited, not even by the owner of the table', async () => {
  await subscribed('2026-11-01')
  await bill(north, '2026-11-01')

  await expect(
    sql`update billing.invoices set total_minor = 1 where tenant_id = ${north.id}`,
  ).rejects.toMatchObject({ detail: 'append_only' })
})

// An independent reckoning: count each day on its own and price full periods in full.
test('two years of any life bill each active day once, at its price', async () => {
  await sql`update tenancy.billing_settings set first_period_on = '2026-11-01' where tenant_id = ${north.id}`
  const lives = fc.sample(
    fc.record({
      begins: fc.integer({ min: 0, max: 300 }),
      lasts: fc.option(fc.integer({ min: 1, max: 400 })),
    }),
    { numRuns: 12, seed: 7 },
  )
  await north.owner.call('save_billing_settings', { settings: { invoice_day: 31 } })
  const services: Array<{ subscriber: string; begins: string; ends: string | null }> = []
  for (const life of lives) {
    const begins = addDays('2026-11-01', life.begins)
    const ends = life.lasts === null ? null : addDays(begins, life.lasts)
    services.push({ ...(await subscribed(begins)), begins, ends })
    if (ends) {
      await sql`
        update service.subscriptions set state = 'terminated', terminated_on = ${ends}
        where id = (select max(id::text)::uuid from service.subscriptions where tenant_id = ${north.id})
      `
    }
  }

  const boundaries = Array.from({ length: 26 }, (_, k) => addMonths('2026-10-31', k))
  for (const period of boundaries.slice(1, -1)) await bill(north, period)

  for (const { subscriber, begins, ends } of services) {
    const expected = boundaries.slice(0, -1).flatMap((from, k) => {
      const until = boundaries[k + 1] ?? from
      const first = from > begins ? from : begins
      const last = ends && ends < until ? ends : until
      if (first >= last) return []
      const amount = prorate(minor(PRICE), daysBetween(first, last), daysBetween(from, until))
      return [['recurring', first, last, amount]]
    })
    expect(await linesOf(subscriber)).toEqual(expected)
  }
  await expectSound(north)
}, 60_000)
