// A service that is sold now and begins when somebody activates it: it waits, is not billed, and costs what it was sold at.

import { beforeEach, expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

const PRICE = 90_000

let north: Tenant
let plan: string
let ana: string

beforeEach(async () => {
  await setClock(noon('2026-10-05'))
  north = await signUpTenant('North Fiber')
  plan = await north.plan({ name: 'Fiber 50', price_minor: PRICE })
  ana = await north.subscriber({ name: 'Ana Reyes' })
  await setClock(noon('2026-11-03'))
})

async function sell(more: Record<string, unknown> = {}) {
  const subscription = { id: uuid7(), subscriber_id: ana, plan_id: plan, waits: true, ...more }
  await north.owner.call('start_subscription', { subscription })
  return subscription.id
}

async function send(name: string, day: string, change: Record<string, unknown>) {
  await setClock(noon(day))
  return north.owner.call<Record<string, unknown>>(name, { change: { id: uuid7(), ...change } })
}

const activate = (service: string, day: string) =>
  send('activate_subscription', day, { subscription_id: service, on_day: day })

const linesOf = async () =>
  (
    await sql<Array<{ description: string; total: number }>>`
      select description, total_minor::int as total from billing.invoice_lines
      where tenant_id = ${north.id} order by line`
  ).map(({ description, total }) => [description, total])

test('a sold service waits and is not billed; the first invoice counts the days from the activation', async () => {
  const service = await sell({ installation_fee_minor: 50_000 })
  expect(await north.owner.read('subscribers', { id: ana })).toMatchObject([
    { status: 'pending', plan_names: 'Fiber 50' },
  ])
  expect(await north.owner.read('subscriptions', { id: service })).toMatchObject([
    { state: 'pending', activated_on: null, price_minor: PRICE, reasons: ['Not started yet'] },
  ])
  expect(await bill(north, '2026-12-01')).toMatchObject({ invoice_count: 0, exception_count: 0 })
  await expectSound(north)

  const asked = { subscription_id: service, on_day: '2026-12-21' }
  await setClock(noon('2026-12-21'))
  expect(
    await north.owner.call('quote_service_change', { kind: 'activated', change: asked }),
  ).toMatchObject({ next_invoice: { period: '2027-01-01', total_minor: 171_935 } })
  expect(await activate(service, '2026-12-21')).toMatchObject({ on_day: '2026-12-21' })
  expect(await north.owner.read('subscribers', { id: ana })).toMatchObject([{ status: 'active' }])
  await bill(north, '2027-01-01')
  expect(await linesOf()).toEqual([
    ['Fiber 50, 21 Dec 2026 to 31 Dec 2026', 31_935],
    ['Fiber 50, 1 Jan 2027 to 31 Jan 2027', PRICE],
    ['Installation', 50_000],
  ])
  expect(
    (await north.owner.read('subscription_changes')).map(({ kind, on_day }) => [kind, on_day]),
  ).toEqual([
    ['sold', '2026-11-03'],
    ['activated', '2026-12-21'],
  ])
  await expectSound(north)
})

test('it costs what it was sold at, or what everyone on the plan pays since; an agreed price stays', async () => {
  const priced = async (more: Record<string, unknown> = {}) => sell(more)
  const [plain, special] = [await priced(), await priced({ price_minor: 70_000 })]
  await north.owner.call('set_plan_price', {
    plan_id: plan,
    price_minor: 95_000,
    from_on: '2026-11-10',
  })
  expect(await activate(plain, '2026-11-11')).toMatchObject({ price_minor: PRICE })
  const later = await sell()
  await north.owner.call('set_plan_price', {
    plan_id: plan,
    price_minor: 99_000,
    from_on: '2026-11-20',
    is_followed: true,
  })
  expect(await activate(later, '2026-11-21')).toMatchObject({ price_minor: 99_000 })
  expect(await activate(special, '2026-11-21')).toMatchObject({ price_minor: 70_000 })
  await expectSound(north)
})

test('an anniversary is that of the activation', async () => {
  const service = await sell({ bill_day: 'anniversary' })
  await activate(service, '2026-11-17')
  expect(await north.owner.read('subscriptions', { id: service })).toMatchObject([
    { bill_anchor_on: '2026-11-17' },
  ])
})

test('a sale is cancelled with a reason, and nothing of it is ever billed', async () => {
  const service = await sell({ installation_fee_minor: 50_000 })
  await north.owner.call('save_charge', {
    charge: {
      id: uuid7(),
      subscriber_id: ana,
      subscription_id: service,
      kind: 'one_time',
      description: 'Cable',
      amount_minor: 20_000,
      starts_on: '2026-11-03',
    },
  })
  await expect(
    send('cancel_sale', '2026-11-05', { subscription_id: service }),
  ).rejects.toMatchObject({ code: 'PT422', detail: 'reason_missing' })
  await send('cancel_sale', '2026-11-05', { subscription_id: service, reason: 'Moved away' })
  expect(await north.owner.read('subscribers', { id: ana })).toMatchObject([{ status: 'ended' }])
  expect(await bill(north, '2026-12-01')).toMatchObject({ invoice_count: 0 })
  await expect(activate(service, '2026-12-02')).rejects.toMatchObject({
    code: 'PT409',
    detail: 'already_terminated',
  })
  await expectSound(north)
})

test('it is activated once: a repeat answers the same, another time is refused', async () => {
  const service = await sell()
  const change = { id: uuid7(), subscription_id: service, on_day: '2026-11-04' }
  const first = await north.owner.call('activate_subscription', { change })
  expect(await north.owner.call('activate_subscription', { change })).toEqual(first)
  await expect(
    north.owner.call('activate_subscription', { change: { ...change, on_day: '2026-11-05' } }),
  ).rejects.toMatchObject({ code: 'PT409', detail: 'change_conflict' })
  await expect(activate(service, '2026-11-05')).rejects.toMatchObject({ detail: 'already_active' })
  await expect(
    send('cancel_sale', '2026-11-05', { subscription_id: service, reason: 'No' }),
  ).rejects.toMatchObject({ detail: 'already_active' })
})

test('what has not begun is neither changed nor ended, and prepaid time is not sold this way', async () => {
  const service = await sell()
  const change = { subscription_id: service, plan_id: plan, reason: 'x', on_day: '2026-11-04' }
  for (const name of ['change_plan', 'pause_subscription']) {
    await expect(send(name, '2026-11-04', change)).rejects.toMatchObject({ detail: 'not_begun' })
  }
  const { on_day, reason } = change
  await expect(
    north.owner.call('terminate_subscription', { subscription_id: service, on_day, reason }),
  ).rejects.toMatchObject({ detail: 'not_begun' })
  const prepaid = await north.plan({ billing_mode: 'prepaid', prepaid_days: 30 })
  await expect(sell({ plan_id: prepaid })).rejects.toMatchObject({
    detail: 'prepaid_waits_for_payment',
  })
  const guest = await north.member('subscribers.read')
  await expect(
    guest.call('activate_subscription', { change: { id: uuid7(), subscription_id: service } }),
  ).rejects.toMatchObject({ code: 'PT403' })
  expect(await sql`select state from service.subscriptions where id = ${service}`).toEqual([
    { state: 'pending' },
  ])
})
