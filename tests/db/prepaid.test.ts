import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import cases from '../cases/prepaid.json' with { type: 'json' }
import { setClock, sql } from './database.ts'
import { expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

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

test.each(cases)('$because', async ({ amount, price, days, at, paid_until, ...gives }) => {
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
})

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
