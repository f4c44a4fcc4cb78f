import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import cases from '../cases/prepaid.json' with { type: 'json' }
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { expectSound, noon, pay } from './money.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

const PRICE = 99_900

let north: Tenant
let subscriber: string
let service: string

beforeEach(async () => {
  await setClock(noon('2026-11-01'))
  north = await signUpTenant('North Fiber')
  subscriber = await north.subscriber()
  const plan = await north.plan({
    name: 'Prepaid 30',
    billing_mode: 'prepaid',
    prepaid_days: 30,
    price_minor: PRICE,
  })
  service = await north.service(subscriber, plan, '2026-11-01')
})

function buy(amount: number, receivedAt: string) {
  return pay(north.owner, {
    subscriber_id: subscriber,
    subscription_id: service,
    amount_minor: amount,
    received_at: receivedAt,
  })
}

async function paidUntil() {
  const [row] = await north.owner.read<{ paid_until: string | null }>('subscriptions', {
    id: service,
  })
  return row?.paid_until ? new Date(row.paid_until).toISOString() : null
}

test.each(cases.purchases)(
  '$because',
  async ({ amount, price, days, at, paid_until, ...gives }) => {
    await setClock(at)
    const plan = await north.plan({
      billing_mode: 'prepaid',
      prepaid_days: days,
      price_minor: price,
    })
    const own = await north.service(subscriber, plan, at.slice(0, 10))
    await sql`update service.subscriptions set paid_until = ${paid_until} where id = ${own}`

    const { prepaid } = await pay(north.owner, {
      subscriber_id: subscriber,
      subscription_id: own,
      amount_minor: amount,
      received_at: at,
    })

    expect(prepaid?.seconds).toBe(gives.seconds)
    expect(new Date(prepaid?.starts_at ?? '').toISOString()).toBe(gives.starts_at)
    expect(new Date(prepaid?.ends_at ?? '').toISOString()).toBe(gives.ends_at)
    await expectSound(north)
  },
)

test('the sale is invoiced at the payment and settled by it', async () => {
  await north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-11-01',
  })
  const taken = await buy(PRICE, noon('2026-11-01'))

  expect(taken).toMatchObject({ applies: [], credit_minor: 0, receipt_number: 'R-000001' })
  expect(await north.owner.read('invoices')).toMatchObject([
    {
      number: 'INV-000001',
      state: 'paid',
      issued_on: '2026-11-01',
      total_minor: PRICE,
      vat_minor: 10_704,
      balance_minor: 0,
    },
  ])
  expect(await north.owner.read('service_status')).toMatchObject([{ is_on: true }])
  await expectSound(north)
})

test('more than the time of one payment queues, and an expired service can always renew', async () => {
  await buy(PRICE, noon('2026-11-01'))
  await buy(PRICE / 2, noon('2026-11-01'))
  expect(await paidUntil()).toBe(new Date(noon('2026-12-16')).toISOString())

  await setClock(noon('2027-03-01'))
  expect(await north.owner.read('service_status')).toMatchObject([{ is_on: false }])
  await buy(PRICE, noon('2027-03-01'))
  expect(await paidUntil()).toBe(new Date(noon('2027-03-31')).toISOString())
  await expectSound(north)
})

test('what is owed is paid before time is bought', async () => {
  await sql`
    insert into billing.charges (tenant_id, subscriber_id, kind, description, amount_minor, starts_on)
    values (${north.id}, ${subscriber}, 'one_time', 'Router', 50000, '2026-11-01')
  `
  await setClock(noon('2026-12-01'))
  await north.owner.call('run_billing', { period: '2026-12-01' })

  const taken = await buy(50_000 + PRICE, noon('2026-12-01'))
  expect(taken).toMatchObject({
    applies: [{ amount_minor: 50_000, settles: true }],
    prepaid: { seconds: 30 * 86_400 },
    credit_minor: 0,
  })
  await expectSound(north)
})

test('time for an ended service is not sold, and ten years are a typing mistake', async () => {
  await expect(buy(PRICE * 200, noon('2026-11-01'))).rejects.toMatchObject({
    detail: 'too_far_ahead',
  })
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-11-01',
    reason: 'Moved',
  })
  await expect(buy(PRICE, noon('2026-11-01'))).rejects.toMatchObject({
    detail: 'subscription_not_active',
  })
})

test('a void sale gives its time back, keeps its number, and delays nobody behind it', async () => {
  const first = await buy(PRICE, noon('2026-11-01'))
  await setClock(noon('2026-11-05'))
  await buy(PRICE, noon('2026-11-05'))
  await buy(PRICE, noon('2026-11-05'))
  expect(await paidUntil()).toBe(new Date(noon('2027-01-30')).toISOString())

  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id: first.payment_id,
    reason: 'Fake bill',
  })
  const manager = await north.member('payments.approve_void')
  await manager.call('approve_void', { request_id })

  expect(await paidUntil()).toBe(new Date(noon('2027-01-04')).toISOString())
  expect(
    (await north.owner.read<{ number: string; state: string }>('invoices'))
      .map(({ number, state }) => [number, state])
      .sort(),
  ).toEqual([
    ['INV-000001', 'void'],
    ['INV-000002', 'paid'],
    ['INV-000003', 'paid'],
  ])
  await expectSound(north)
})

test('time paid before an import survives a void', async () => {
  await sql`update service.subscriptions set paid_until = ${noon('2026-11-20')} where id = ${service}`
  const taken = await buy(PRICE, noon('2026-11-01'))
  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id: taken.payment_id,
    reason: 'Wrong subscriber',
  })
  const manager = await north.member('payments.approve_void')
  await manager.call('approve_void', { request_id })

  expect(await paidUntil()).toBe(new Date(noon('2026-11-20')).toISOString())
})

test('time does not begin before the service does', async () => {
  const plan = await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: PRICE })
  const ahead = await north.service(subscriber, plan, '2026-12-01')

  const { prepaid } = await pay(north.owner, {
    subscriber_id: subscriber,
    subscription_id: ahead,
    amount_minor: PRICE,
    received_at: noon('2026-11-01'),
  })
  expect(new Date(prepaid?.starts_at ?? '')).toEqual(new Date('2026-12-01T00:00:00+08:00'))
  await expectSound(north)
})

async function queue(of = service) {
  const rows = await sql<Array<{ id: string; starts_at: Date; ends_at: Date }>>`
    select id, starts_at, ends_at from billing.prepaid_periods
    where subscription_id = ${of} and cancelled_at is null order by starts_at
  `
  return rows.map(({ id, starts_at, ends_at }) => ({
    id,
    span: [starts_at.toISOString(), ends_at.toISOString()],
  }))
}

const cancel = (period_id?: string, id = uuid7()) =>
  north.owner.call('cancel_prepaid_period', {
    time_cancel: { id, period_id, reason: 'Moves away' },
  })

test.each(cases.queues)('$because', async ({ price, days, events, gives }) => {
  await setClock('2026-10-31T00:00:00.000Z')
  const plan = await north.plan({
    billing_mode: 'prepaid',
    prepaid_days: days,
    price_minor: price,
  })
  const own = await north.service(subscriber, plan, '2026-10-31')
  for (const event of events) {
    await setClock(event.at)
    if (event.cancel === undefined) {
      await pay(north.owner, {
        subscriber_id: subscriber,
        subscription_id: own,
        amount_minor: event.buy,
        received_at: event.at,
      })
    } else {
      await cancel((await queue(own))[event.cancel]?.id)
    }
  }
  expect((await queue(own)).map(({ span }) => span)).toEqual(gives)
  await expectSound(north)
})

test('a cancelled period comes back as credit with a credit note, and its payment can still be void', async () => {
  await north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-11-01',
  })
  await buy(PRICE, noon('2026-11-01'))
  const second = await buy(PRICE, noon('2026-11-01'))
  const [running, waiting] = await queue()
  await expect(cancel(running?.id)).rejects.toMatchObject({ detail: 'period_begun' })
  expect(await cancel(waiting?.id)).toMatchObject({
    state: 'done',
    number: 'CN-000001',
    total_minor: PRICE,
  })
  await expect(cancel(waiting?.id)).rejects.toMatchObject({ detail: 'period_cancelled' })
  expect(await north.owner.read('credit_notes')).toMatchObject([
    { total_minor: PRICE, vat_minor: 10_704 },
  ])
  expect(await north.owner.read('subscribers')).toMatchObject([{ credit_minor: PRICE }])
  expect(await paidUntil()).toBe(new Date(noon('2026-12-01')).toISOString())
  await expectSound(north)

  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id: second.payment_id,
    reason: 'Fake bill',
  })
  const manager = await north.member('payments.approve_void')
  await manager.call('approve_void', { request_id })
  expect(await north.owner.read('subscribers')).toMatchObject([{ credit_minor: 0 }])
  await expectSound(north)
})

test('above the limit a second person cancels time, and only while it is as it was', async () => {
  await north.owner.call('save_billing_settings', {
    settings: { approval_limit_minor: PRICE - 1 },
  })
  for (let bought = 0; bought < 3; bought += 1) await buy(PRICE, noon('2026-11-01'))
  const [, second, third] = await queue()
  const ids = { second: uuid7(), third: uuid7() }
  const asked = await cancel(second?.id, ids.second)
  expect(asked).toMatchObject({ state: 'waiting', kind: 'time_cancel', amount_minor: PRICE })
  expect(await cancel(second?.id, ids.second)).toMatchObject({ state: 'waiting', duplicate: true })
  await expect(cancel(second?.id)).rejects.toMatchObject({ detail: 'correction_waiting' })
  expect(await cancel(third?.id, ids.third)).toMatchObject({ state: 'waiting' })
  expect((await queue()).length).toBe(3)

  const approve = (person: Person, correction_id: string) =>
    person.call('approve_correction', { correction_id })
  await expect(approve(north.owner, ids.second)).rejects.toMatchObject({
    detail: 'second_person_needed',
  })
  const manager = await north.member('corrections.approve', 'payments.read')
  expect(await approve(manager, ids.second)).toMatchObject({ state: 'done', number: 'CN-000001' })
  // The third closed up: it is another period now, and is asked for anew.
  expect(await approve(manager, ids.third)).toMatchObject({ state: 'expired' })
  expect((await queue()).length).toBe(2)
  expect(await north.owner.read('subscribers')).toMatchObject([{ credit_minor: PRICE }])
  await expectSound(north)
})

test('credit buys time when somebody says so, once', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 14_985 })
  expect(await north.owner.call('preview_time', { subscription_id: service })).toMatchObject({
    credit_minor: 14_985,
    prepaid: { seconds: 4.5 * 86_400 },
  })
  const purchase = { id: uuid7(), subscription_id: service, amount_minor: 14_985 }
  const bought = await north.owner.call('buy_time', { purchase })
  expect(await north.owner.call('buy_time', { purchase })).toMatchObject({
    duplicate: true,
    ends_at: bought['ends_at'],
  })
  await expect(
    north.owner.call('buy_time', { purchase: { ...purchase, amount_minor: 1 } }),
  ).rejects.toMatchObject({ detail: 'purchase_conflict' })
  await expect(
    north.owner.call('buy_time', { purchase: { ...purchase, id: uuid7() } }),
  ).rejects.toMatchObject({ detail: 'credit_too_small' })

  expect(await paidUntil()).toBe(new Date('2026-11-06T00:00:00+08:00').toISOString())
  expect(await north.owner.read('invoices')).toMatchObject([
    { state: 'paid', total_minor: 14_985, balance_minor: 0 },
  ])
  await expectSound(north)
})

test('a new plan waits behind the time that is bought, and comes earlier when that time is cancelled', async () => {
  const faster = await north.plan({
    name: 'Prepaid 15',
    billing_mode: 'prepaid',
    prepaid_days: 15,
    price_minor: 75_000,
  })
  const change = (plan: string) =>
    north.owner.call('change_prepaid_plan', { subscription_id: service, plan_id: plan })
  await buy(PRICE, noon('2026-11-01'))
  await buy(PRICE, noon('2026-11-01'))

  expect(await change(faster)).toMatchObject({ from_on: '2026-12-31' })
  // Taken back, and asked again: the last word counts.
  const [{ plan_id: old } = { plan_id: '' }] = await sql<Array<{ plan_id: string }>>`
    select plan_id from billing.prepaid_periods where subscription_id = ${service} limit 1`
  await change(old)
  await change(faster)
  await cancel((await queue())[1]?.id)

  // The credit of the cancelled period buys time of the new plan.
  const bought = await north.owner.call('buy_time', {
    purchase: { id: uuid7(), subscription_id: service, amount_minor: 75_000 },
  })
  expect(bought).toMatchObject({ starts_at: expect.stringContaining('2026-12-01') as string })
  expect(await paidUntil()).toBe(new Date(noon('2026-12-16')).toISOString())
  expect(
    await sql`select plan_id, amount_minor::int as amount from billing.prepaid_periods
      where subscription_id = ${service} and cancelled_at is null order by starts_at`,
  ).toEqual([
    { plan_id: old, amount: PRICE },
    { plan_id: faster, amount: 75_000 },
  ])
  await expectSound(north)
})

test('a plan of a service without time changes at once', async () => {
  const other = await north.plan({
    billing_mode: 'prepaid',
    prepaid_days: 10,
    price_minor: 50_000,
  })
  await north.owner.call('change_prepaid_plan', { subscription_id: service, plan_id: other })
  expect(await buy(50_000, noon('2026-11-01'))).toMatchObject({ prepaid: { seconds: 864_000 } })
  await expect(
    north.owner.call('change_prepaid_plan', {
      subscription_id: service,
      plan_id: await north.plan({}),
    }),
  ).rejects.toMatchObject({ detail: 'other_mode' })
})

const step = fc.oneof(
  fc.record({
    kind: fc.constant('buy' as const),
    amount: fc.integer({ min: 1_000, max: 200_000 }),
    days: fc.integer({ min: 0, max: 12 }),
    late: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({
    kind: fc.constant('void' as const),
    at: fc.nat(30),
    days: fc.integer({ min: 0, max: 5 }),
  }),
)

test.each(fc.sample(fc.array(step, { minLength: 15, maxLength: 15 }), { numRuns: 2, seed: 7 }))(
  'whatever is bought, in any order, and voided, what stands has its whole time',
  async (...steps) => {
    const clerk = await north.member('payments.request_void')
    const standing: Array<string> = []
    let day = Date.parse(noon('2026-11-01'))
    for (const one of steps) {
      day += one.days * 86_400_000
      await setClock(new Date(day).toISOString())
      if (one.kind === 'buy') {
        const taken = await pay(north.owner, {
          subscriber_id: subscriber,
          subscription_id: service,
          amount_minor: one.amount,
          received_at: new Date(day - one.late * 86_400_000).toISOString(),
        })
        standing.push(taken.payment_id)
      } else if (standing.length > 0) {
        const [id] = standing.splice(one.at % standing.length, 1)
        const { request_id } = await clerk.call<{ request_id: string }>('request_void', {
          payment_id: id,
          reason: 'wrong',
        })
        await north.owner.call('approve_void', { request_id })
      }
    }
    await expectSound(north)
    const [row] = await sql`
    select coalesce(sum(extract(epoch from ends_at - starts_at)), 0)::bigint::text as got,
      (select coalesce(sum(billing.seconds_bought(amount_minor, ${PRICE}, 30)), 0)::text from collections.payments where tenant_id = ${north.id} and stage <> 'void') as bought,
      count(*)::int as periods
    from billing.prepaid_periods where tenant_id = ${north.id} and cancelled_at is null`
    expect(row).toMatchObject({ got: row?.['bought'], periods: standing.length })
  },
)
