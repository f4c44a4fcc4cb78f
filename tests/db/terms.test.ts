// What a service costs over time: changes of plan, pauses, ends and returns, new prices, bill days, and how what was billed is mended.

import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { addDays } from '~/domain/calendar'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

const PRICE = 99_900

let north: Tenant
let small: string
let large: string

beforeEach(async () => {
  await setClock(noon('2026-10-05'))
  north = await signUpTenant('North Fiber')
  await setClock(noon('2026-11-01'))
  small = await north.plan({ name: 'Fiber 50', price_minor: PRICE })
  large = await north.plan({ name: 'Fiber 100', price_minor: 150_000 })
})

async function subscribed(activatedOn = '2026-11-01', plan = small) {
  const subscriber = await north.subscriber()
  const service = await north.service(subscriber, plan, activatedOn)
  return { subscriber, service }
}

type Answer = Record<string, unknown> & { on_day: string }

/** Sends a command on a day, and answers what it answered. */
async function send(name: string, day: string, change: Record<string, unknown>): Promise<Answer> {
  await setClock(noon(day))
  return north.owner.call<Answer>(name, { change: { id: uuid7(), ...change } })
}

async function linesOf(subscriber: string) {
  const rows = await sql<Array<{ number: string; from: string; until: string; total: string }>>`
    select i.number, l.total_minor::text as total,
      (l.service_from at time zone 'Asia/Manila')::date::text as from,
      (l.service_until at time zone 'Asia/Manila')::date::text as until
    from billing.invoice_lines as l
    join billing.invoices as i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    where i.subscriber_id = ${subscriber} and l.in_force
    order by i.serial, l.line
  `
  return rows.map(({ from, until, total }) => [from, until, Number(total)])
}

test('an upgrade counts from today, and the next invoice gives back the rest of the old plan', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  const answer = await send('change_plan', '2026-11-11', {
    subscription_id: service,
    plan_id: large,
  })

  expect(answer).toMatchObject({ on_day: '2026-11-11', old_plan_name: 'Fiber 50' })
  await bill(north, '2026-12-01')
  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-12-01', PRICE],
    ['2026-11-11', '2026-12-01', -66_600],
    ['2026-11-11', '2026-12-01', 100_000],
    ['2026-12-01', '2027-01-01', 150_000],
  ])
  await expectSound(north)
})

test('a quote says both lines and the next invoice, and stores nothing', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-11'))
  const quote = await north.owner.call('quote_plan_change', {
    change: { subscription_id: service, plan_id: large },
  })

  expect(quote).toMatchObject({
    change: { on_day: '2026-11-11', price_minor: 150_000 },
    next_invoice: {
      period: '2026-12-01',
      total_minor: 183_400,
      lines: [
        { description: 'Fiber 50 given back, 11 Nov 2026 to 30 Nov 2026', amount_minor: -66_600 },
        { description: 'Fiber 100, 11 Nov 2026 to 30 Nov 2026', amount_minor: 100_000 },
        { amount_minor: 150_000 },
      ],
    },
  })
  expect(await north.owner.read('subscription_changes')).toEqual([])
  await send('change_plan', '2026-11-11', { subscription_id: service, plan_id: large })
  await bill(north, '2026-12-01')
  const lines = await linesOf(subscriber)
  expect(lines.slice(1).reduce((sum, line) => sum + Number(line[2]), 0)).toBe(183_400)
})

test('a downgrade waits for the end of the period, unless the office says a day', async () => {
  const { subscriber, service } = await subscribed('2026-11-01', large)
  await bill(north, '2026-11-01')
  expect(
    await send('change_plan', '2026-11-11', { subscription_id: service, plan_id: small }),
  ).toMatchObject({ on_day: '2026-12-01' })
  await bill(north, '2026-12-01')
  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-12-01', 150_000],
    ['2026-12-01', '2027-01-01', PRICE],
  ])

  const other = await subscribed('2026-12-01', large)
  await bill(north, '2026-12-01')
  await send('change_plan', '2026-12-11', {
    subscription_id: other.service,
    plan_id: small,
    on_day: '2026-12-11',
  })
  await bill(north, '2027-01-01')
  expect(await linesOf(other.subscriber)).toEqual([
    ['2026-12-01', '2027-01-01', 150_000],
    ['2026-12-11', '2027-01-01', -101_613],
    ['2026-12-11', '2027-01-01', 67_674],
    ['2027-01-01', '2027-02-01', PRICE],
  ])
  await expectSound(north)
})

test('several changes, and one back, leave the period at the price of its days', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await send('change_plan', '2026-11-08', { subscription_id: service, plan_id: large })
  await send('change_plan', '2026-11-15', {
    subscription_id: service,
    plan_id: small,
    on_day: '2026-11-15',
  })
  await bill(north, '2026-12-01')

  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-12-01', PRICE],
    ['2026-11-08', '2026-11-15', -23_310],
    ['2026-11-08', '2026-11-15', 35_000],
    ['2026-12-01', '2027-01-01', PRICE],
  ])
  await expectSound(north)
})

test('a change that is taken back before the next invoice bills nothing', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await send('change_plan', '2026-11-08', {
    subscription_id: service,
    plan_id: large,
    on_day: '2026-11-20',
  })
  await send('cancel_plan_change', '2026-11-09', { subscription_id: service })
  await bill(north, '2026-12-01')

  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-12-01', PRICE],
    ['2026-12-01', '2027-01-01', PRICE],
  ])
  await expectSound(north)
})

test('what is given back is what was really charged', async () => {
  const { subscriber, service } = await subscribed()
  await sql`
    insert into billing.charges (tenant_id, subscriber_id, subscription_id, kind, description, amount_minor, starts_on)
    values (${north.id}, ${subscriber}, ${service}, 'discount', 'Welcome', -30000, '2026-11-01')
  `
  await bill(north, '2026-11-01')
  await send('change_plan', '2026-11-16', { subscription_id: service, plan_id: large })
  await bill(north, '2026-12-01')

  expect((await linesOf(subscriber)).slice(2)).toEqual([
    ['2026-11-16', '2026-12-01', -34_950],
    ['2026-11-16', '2026-12-01', 75_000],
    ['2026-12-01', '2027-01-01', 150_000],
  ])
  await expectSound(north)
})

test('a change dated before the last invoices is billed as a repair of each', async () => {
  const { subscriber, service } = await subscribed()
  for (const period of ['2026-11-01', '2026-12-01']) await bill(north, period)
  await send('change_plan', '2026-12-05', {
    subscription_id: service,
    plan_id: large,
    on_day: '2026-11-16',
  })
  await bill(north, '2027-01-01')

  expect((await linesOf(subscriber)).slice(2)).toEqual([
    ['2026-11-16', '2026-12-01', -49_950],
    ['2026-12-01', '2027-01-01', -PRICE],
    ['2026-11-16', '2026-12-01', 75_000],
    ['2026-12-01', '2027-01-01', 150_000],
    ['2027-01-01', '2027-02-01', 150_000],
  ])
  await expectSound(north)
})

test('no change reaches into a closed month', async () => {
  const { service } = await subscribed()
  await bill(north, '2026-11-01')
  await sql`insert into ledger.periods (tenant_id, month, state, closed_at, trial_balance_hash) values (${north.id}, '2026-11-01', 'closed', clock.now(), repeat('0', 64))`
  await expect(
    send('change_plan', '2026-12-05', {
      subscription_id: service,
      plan_id: large,
      on_day: '2026-11-16',
    }),
  ).rejects.toMatchObject({ code: 'PT409', detail: 'month_closed' })
})

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

test('a new price is for who starts from then on, or for everyone from their next period', async () => {
  const { subscriber } = await subscribed()
  const { subscriber: special } = await subscribed()
  await sql`update service.subscription_terms as t set is_special = true from service.subscriptions as s where s.id = t.subscription_id and s.subscriber_id = ${special}`
  await bill(north, '2026-11-01')
  await north.owner.call('set_plan_price', {
    plan_id: small,
    price_minor: 110_000,
    from_on: '2026-11-10',
  })
  await bill(north, '2026-12-01')
  await setClock(noon('2026-12-10'))
  expect(
    await north.owner.call('set_plan_price', {
      plan_id: small,
      price_minor: 120_000,
      from_on: '2026-12-15',
      is_followed: true,
    }),
  ).toEqual({ follower_count: 1 })
  await bill(north, '2027-01-01')

  expect(await linesOf(subscriber)).toEqual([
    ['2026-11-01', '2026-12-01', PRICE],
    ['2026-12-01', '2027-01-01', PRICE],
    ['2027-01-01', '2027-02-01', 120_000],
  ])
  expect((await linesOf(special)).at(-1)).toEqual(['2027-01-01', '2027-02-01', PRICE])
  await expectSound(north)
})

test('a planned price that is replaced is followed by nobody any more', async () => {
  const { subscriber, service } = await subscribed()
  const late = await subscribed()
  await bill(north, '2026-11-01')
  const price = (price_minor: number, from_on: string, is_followed: boolean) =>
    north.owner.call('set_plan_price', { plan_id: small, price_minor, from_on, is_followed })
  await send('change_plan', '2026-11-02', {
    subscription_id: late.service,
    plan_id: large,
    on_day: '2026-11-02',
  })
  await price(105_000, '2026-12-01', true)
  await price(130_000, '2027-01-15', true)
  // Planned at the price of its day, and followed from then on.
  await send('change_plan', '2026-11-03', {
    subscription_id: late.service,
    plan_id: small,
    on_day: '2027-01-01',
  })
  await price(120_000, '2027-01-10', false)

  expect(
    await sql`
      select t.subscription_id as id, t.price_minor::int as price, lower(t.valid)::text as from
      from service.subscription_terms as t where t.tenant_id = ${north.id} order by (t.subscription_id = ${service}) desc, t.valid`,
  ).toEqual([
    { id: service, price: PRICE, from: '2026-11-01' },
    { id: service, price: 105_000, from: '2026-12-01' },
    { id: late.service, price: PRICE, from: '2026-11-01' },
    { id: late.service, price: 150_000, from: '2026-11-02' },
    { id: late.service, price: 105_000, from: '2027-01-01' },
  ])
  for (const period of ['2026-12-01', '2027-01-01', '2027-02-01']) await bill(north, period)
  expect((await linesOf(subscriber)).map((line) => line[2])).toEqual([
    PRICE,
    105_000,
    105_000,
    105_000,
  ])
  await expectSound(north)
})

test('a bill day is one that every month has', async () => {
  const { service } = await subscribed()
  const move = (bill_day: string) =>
    send('change_bill_day', '2026-11-05', { subscription_id: service, bill_day })

  await expect(move('31')).rejects.toMatchObject({ detail: 'bill_day_not_in_every_month' })
  await expect(move('0')).rejects.toMatchObject({ detail: 'invalid_bill_day' })
  expect(await move('last')).toMatchObject({ bill_anchor_on: '2000-01-31' })
  expect(await move('anniversary')).toMatchObject({ bill_anchor_on: '2026-11-01' })
})

test('the same command again answers the same, and other facts under its id are refused', async () => {
  const { service } = await subscribed()
  await bill(north, '2026-11-01')
  const change = { id: uuid7(), subscription_id: service, plan_id: large }
  const first = await send('change_plan', '2026-11-11', change)

  expect(await send('change_plan', '2026-11-12', change)).toEqual(first)
  await expect(
    send('change_plan', '2026-11-12', { ...change, plan_id: small }),
  ).rejects.toMatchObject({
    code: 'PT409',
    detail: 'change_conflict',
  })
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

test('a service that is looked at again without a change is billed nothing', async () => {
  const { subscriber, service } = await subscribed()
  await bill(north, '2026-11-01')
  await send('change_plan', '2026-11-11', { subscription_id: service, plan_id: large })
  await bill(north, '2026-12-01')
  const before = await linesOf(subscriber)
  await sql`update service.subscriptions set repair_from = '2026-11-01' where id = ${service}`
  await bill(north, '2027-01-01')

  expect(await linesOf(subscriber)).toEqual([...before, ['2027-01-01', '2027-02-01', 150_000]])
  await expectSound(north)
})

test('a void invoice whose days were given back later stays', async () => {
  const { service } = await subscribed()
  await bill(north, '2026-11-01')
  await send('change_plan', '2026-11-11', { subscription_id: service, plan_id: large })
  await bill(north, '2026-12-01')
  const [first] = await north.owner.read<{ id: string }>('invoices', { number: 'INV-000001' })
  await sql`select access.act_for(${north.id})`

  await expect(
    sql`update billing.invoice_lines set in_force = false where invoice_id = ${String(first?.id)}`,
  ).rejects.toMatchObject({ detail: 'invoice_given_back' })
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

test('only who manages subscribers changes a service, and nobody another ISP’s', async () => {
  const { service } = await subscribed()
  const reader = await north.member('subscribers.read')
  const south = await signUpTenant('South Fiber')
  const change = { id: uuid7(), subscription_id: service, plan_id: large }

  await expect(reader.call('change_plan', { change })).rejects.toMatchObject({ code: 'PT403' })
  await expect(reader.call('quote_plan_change', { change })).rejects.toMatchObject({
    code: 'PT403',
  })
  await expect(south.owner.call('change_plan', { change })).rejects.toMatchObject({ code: 'PT404' })
  expect(await south.owner.read('subscription_terms')).toEqual([])
})

// An independent reckoning of any life: what stands for each day at the end is what the terms say, and each period adds up.
test('whatever happens to a service, each of its days is charged once at its price', async () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('plan' as const),
      after: fc.nat(25),
      reach: fc.integer({ min: -40, max: 40 }),
      plan: fc.nat(3),
    }),
    fc.record({
      kind: fc.constant('pause' as const),
      after: fc.nat(25),
      reach: fc.integer({ min: -30, max: 40 }),
      lasts: fc.integer({ min: 1, max: 45 }),
    }),
  )
  const lives = fc.sample(
    fc.record({ begins: fc.nat(60), steps: fc.array(step, { minLength: 1, maxLength: 8 }) }),
    { numRuns: 12, seed: 11 },
  )
  const plans = [
    small,
    large,
    await north.plan({ price_minor: 77_777 }),
    await north.plan({ price_minor: 33_331 }),
  ]
  const prices = [PRICE, 150_000, 77_777, 33_331]

  type Life = {
    subscriber: string
    service: string
    begins: string
    plan: Map<string, number>
    paused: Set<string>
  }
  const all: Array<Life> = []
  const events: Array<{ day: string; run: () => Promise<void> }> = []
  for (const life of lives) {
    const begins = addDays('2026-11-01', life.begins)
    const made = {
      ...(await subscribed(begins)),
      begins,
      plan: new Map([[begins, 0]]),
      paused: new Set<string>(),
    }
    all.push(made)
    let day = begins
    for (const one of life.steps) {
      day = addDays(day, one.after)
      const from = addDays(day, one.reach) < begins ? begins : addDays(day, one.reach)
      events.push({
        day,
        run: async () => {
          if (one.kind === 'plan') {
            const change = {
              id: uuid7(),
              subscription_id: made.service,
              plan_id: plans[one.plan],
              on_day: from,
            }
            const done = await north.owner.call('change_plan', { change }).then(
              () => true,
              (error: { detail: string }) => {
                expect(error.detail).toBe('nothing_changes')
                return false
              },
            )
            if (!done) return
            for (const key of made.plan.keys()) if (key >= from) made.plan.delete(key)
            made.plan.set(from, one.plan)
          } else {
            const change = {
              id: uuid7(),
              subscription_id: made.service,
              from_on: from,
              until_on: addDays(from, one.lasts),
            }
            const done = await north.owner.call('pause_subscription', { change }).then(
              () => true,
              (error: { detail: string }) => {
                expect(error.detail).toBe('paused_already')
                return false
              },
            )
            if (done) for (let at = 0; at < one.lasts; at += 1) made.paused.add(addDays(from, at))
          }
        },
      })
    }
  }
  const periods = [
    '2026-11-01',
    '2026-12-01',
    '2027-01-01',
    '2027-02-01',
    '2027-03-01',
    '2027-04-01',
    '2027-05-01',
    '2027-06-01',
    '2027-07-01',
    '2027-08-01',
  ]
  events.sort((a, b) => (a.day < b.day ? -1 : 1))
  for (const period of periods) {
    while (events[0] && events[0].day < period) {
      const event = events.shift()
      await setClock(noon(event?.day ?? period))
      await event?.run()
    }
    await bill(north, period)
  }

  for (const life of all) {
    const standing = await sql<Array<{ month: string; total: string }>>`
      select to_char(x.day, 'YYYY-MM') as month, sum(x.amount)::text as total
      from (
        select (l.service_from at time zone 'Asia/Manila')::date as day, l.total_minor as amount
        from billing.invoice_lines as l where l.subscription_id = ${life.service}
        union all
        select lower(r.days), -r.amount_minor from billing.returned_days as r
        join billing.invoice_lines as l on l.tenant_id = r.tenant_id and l.id = r.line_id
        where l.subscription_id = ${life.service} and r.by_line_id is null
      ) as x
      group by 1 order by 1
    `
    for (const [at, period] of periods.slice(0, -1).entries()) {
      const until = periods[at + 1] ?? period
      let weight = 0
      let days = 0
      for (let day = period; day < until; day = addDays(day, 1)) {
        days += 1
        if (day < life.begins || life.paused.has(day)) continue
        const key = [...life.plan.keys()]
          .filter((from) => from <= day)
          .sort()
          .at(-1)
        weight += prices[life.plan.get(key ?? '') ?? 0] ?? 0
      }
      const total = Number(standing.find(({ month }) => month === period.slice(0, 7))?.total ?? 0)
      expect([period, total]).toEqual([period, Math.round(weight / days)])
    }
  }
  await expectSound(north)
}, 90_000)
