// Settings, plans, subscribers and services: each intention works once, again, and refuses nonsense with a reason.

import { expect, test } from 'vitest'
import { type Row, setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { signUpTenant, twoTenants } from './story.ts'

test('settings are saved in their form and refused out of it', async () => {
  const { owner } = await signUpTenant('Kalye Fiber')
  await owner.call('save_tenant', {
    tenant: {
      trade_name: 'Kalye Fiber',
      tin: '123-456-789-00000',
      time_zone: 'Asia/Manila',
      currency: 'PHP',
    },
  })
  await owner.call('save_billing_settings', { settings: { invoice_day: 31, due_days: 7 } })
  await owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-01-01',
  })
  await owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-01-01',
  })

  expect(await owner.read('billing_settings')).toMatchObject([{ invoice_day: 31, due_days: 7 }])
  expect(await owner.read('tax_regimes', { effective_from: '2026-01-01' })).toMatchObject([
    { regime: 'vat', rate_bp: 1200 },
  ])

  for (const tenant of [{ tin: '12' }, { brand_color: 'red' }, { time_zone: 'Mars/Olympus' }]) {
    await expect(owner.call('save_tenant', { tenant })).rejects.toMatchObject({ code: 'PT400' })
  }
  for (const settings of [
    { invoice_day: 29 },
    { invoice_day: 0 },
    { due_days: -1 },
    { due_days: 'soon' },
  ]) {
    await expect(owner.call('save_billing_settings', { settings })).rejects.toMatchObject({
      code: 'PT400',
    })
  }
  await expect(
    owner.call('save_tax_regime', { regime: 'vat', rate_bp: 0, effective_from: '2026-01-01' }),
  ).rejects.toMatchObject({ code: 'PT400' })
})

test('the first month of billing can be chosen until billing began', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  await isp.owner.call('save_billing_settings', { settings: { first_period_on: '2026-01-01' } })
  await isp.service(await isp.subscriber(), await isp.plan(), '2026-01-01')
  await setClock('2026-01-05T00:00:00Z')
  await isp.owner.call('run_billing', { period: '2026-01-01' })

  await expect(
    isp.owner.call('save_billing_settings', { settings: { first_period_on: '2026-02-01' } }),
  ).rejects.toMatchObject({ code: 'PT409', detail: 'billing_began' })
})

test('a plan keeps its mode, its price has versions, and what is sold keeps its price', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  const plan = await isp.plan({ name: 'Fiber 50', price_minor: 99_900 })
  const service = await isp.service(await isp.subscriber(), plan)
  await isp.owner.call('save_plan', {
    plan: {
      id: plan,
      name: 'Fiber 50',
      billing_mode: 'postpaid',
      down_mbps: 60,
      up_mbps: 60,
      price_minor: 109_900,
    },
  })

  expect(await isp.owner.read('plans', { id: plan })).toMatchObject([
    { price_minor: 109_900, down_mbps: 60, subscription_count: 1 },
  ])
  expect(await isp.owner.read('subscriptions', { id: service })).toMatchObject([
    { price_minor: 99_900 },
  ])
  await expect(
    isp.owner.call('save_plan', {
      plan: {
        id: plan,
        name: 'Fiber 50',
        billing_mode: 'prepaid',
        prepaid_days: 30,
        down_mbps: 1,
        up_mbps: 1,
      },
    }),
  ).rejects.toMatchObject({ detail: 'plan_mode_fixed' })
  await expect(isp.plan({ name: 'Fiber 50' })).rejects.toMatchObject({ detail: 'plan_name_taken' })
  const wrongs: Array<Row> = [
    { price_minor: 0 },
    { price_minor: -5 },
    { price_minor: 1e11 },
    { down_mbps: 0 },
    { billing_mode: 'free' },
    { name: '' },
  ]
  for (const wrong of wrongs) {
    await expect(isp.plan(wrong)).rejects.toMatchObject({ code: 'PT400' })
  }
})

test('a price change from a later day does not touch today', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  await setClock('2026-03-01T04:00:00Z')
  const plan = await isp.plan({ price_minor: 100_000 })
  await isp.owner.call('set_plan_price', {
    plan_id: plan,
    price_minor: 120_000,
    from_on: '2026-04-01',
  })

  expect(await isp.owner.read('plans', { id: plan })).toMatchObject([{ price_minor: 100_000 }])
  await setClock('2026-04-01T04:00:00Z')
  expect(await isp.owner.read('plans', { id: plan })).toMatchObject([{ price_minor: 120_000 }])
})

test('account numbers are given in order and never twice in an ISP, but may repeat across ISPs', async () => {
  const { north, south } = await twoTenants()
  const save = (isp: typeof north, subscriber: Record<string, unknown>) =>
    isp.owner.call<{ id: string; account_no: string }>('save_subscriber', {
      subscriber: { id: uuid7(), name: 'Ana', ...subscriber },
    })

  expect((await save(north, {})).account_no).toBe('001001')
  expect((await save(north, {})).account_no).toBe('001002')
  expect((await save(south, { account_no: '001001' })).account_no).toBe('001001')
  await expect(save(north, { account_no: '001001' })).rejects.toMatchObject({
    detail: 'account_no_taken',
  })
  for (const wrong of [
    { name: '' },
    { account_no: 'a b' },
    { latitude: '8.1' },
    { latitude: 'north', longitude: '1' },
    { latitude: 91, longitude: 0 },
    { name: 'x'.repeat(161) },
  ]) {
    await expect(save(north, wrong)).rejects.toMatchObject({ code: 'PT400' })
  }
})

test('account numbers longer than ours go on whole, one by one and in an import', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  const next = () =>
    isp.owner.call<{ account_no: string }>('save_subscriber', {
      subscriber: { id: uuid7(), name: 'Ana' },
    })
  await isp.subscriber({ account_no: '20240001' })
  expect([await next(), await next()]).toMatchObject([
    { account_no: '20240002' },
    { account_no: '20240003' },
  ])
  await isp.owner.call('import_subscribers', {
    batch_id: uuid7(),
    rows: [{ line: 2, name: 'Ben' }],
  })
  expect(await isp.owner.read('subscribers', { name: 'Ben' })).toMatchObject([
    { account_no: '20240004' },
  ])
})

test("another ISP's barangay, plan or subscriber cannot be used", async () => {
  const { north, south } = await twoTenants()
  const foreign = await south.subscriber()
  const plan = await south.plan()
  await south.owner.call('pick_barangays', { codes: ['1030500001'] })
  const [barangay] = await south.owner.read('barangays')

  await expect(north.subscriber({ barangay_id: barangay?.['id'] ?? null })).rejects.toMatchObject({
    code: 'PT404',
  })
  await expect(north.service(foreign, await north.plan())).rejects.toMatchObject({ code: 'PT404' })
  await expect(north.service(await north.subscriber(), plan)).rejects.toMatchObject({
    code: 'PT404',
  })
})

test('a service is on, on hold, on again, and ends', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  const subscriber = await isp.subscriber()
  const service = await isp.service(subscriber, await isp.plan(), '2026-01-01')
  const status = async () => (await isp.owner.read('service_status', { id: service }))[0]

  expect(await status()).toMatchObject({ is_on: true, reasons: [] })
  const { id } = await isp.owner.call<{ id: string }>('open_hold', {
    subscription_id: service,
    kind: 'vacation',
    reason: 'until June',
  })
  expect(await status()).toMatchObject({ is_on: false, reasons: ['Paused: until June'] })
  await expect(
    isp.owner.call('open_hold', { subscription_id: service, kind: 'vacation', reason: 'again' }),
  ).rejects.toMatchObject({ detail: 'hold_open' })
  await expect(
    isp.owner.call('open_hold', { subscription_id: service, kind: 'nonpayment', reason: 'x' }),
  ).rejects.toMatchObject({ detail: 'automatic_hold' })
  await isp.owner.call('close_hold', { hold_id: id, reason: 'back' })
  expect(await status()).toMatchObject({ is_on: true })
  expect(await isp.owner.read('subscribers', { id: subscriber })).toMatchObject([
    { status: 'active' },
  ])

  await expect(
    isp.owner.call('terminate_subscription', {
      subscription_id: service,
      on_day: '2025-12-01',
      reason: 'left',
    }),
  ).rejects.toMatchObject({ detail: 'ends_before_start' })
  await isp.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-02-01',
    reason: 'left',
  })
  await expect(
    isp.owner.call('terminate_subscription', {
      subscription_id: service,
      on_day: '2026-02-01',
      reason: 'left',
    }),
  ).rejects.toMatchObject({ detail: 'already_terminated' })
  expect(await isp.owner.read('subscribers', { id: subscriber })).toMatchObject([
    { status: 'ended' },
  ])
})

test('a service that ends on a later day is on until then', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  const subscriber = await isp.subscriber()
  const service = await isp.service(subscriber, await isp.plan(), '2026-01-01')
  await setClock('2026-03-10T04:00:00Z')
  await isp.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-03-15',
    reason: 'moves',
  })
  const seen = async () => [
    (await isp.owner.read('service_status', { id: service }))[0]?.['is_on'],
    (await isp.owner.read('subscribers', { id: subscriber }))[0]?.['status'],
  ]

  expect(await seen()).toEqual([true, 'active'])
  await setClock('2026-03-15T04:00:00Z')
  expect(await seen()).toEqual([false, 'ended'])
})

test('a prepaid service that was never paid waits; one that ran out is off', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  const subscriber = await isp.subscriber()
  await setClock('2026-03-01T04:00:00Z')
  const service = await isp.service(
    subscriber,
    await isp.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 100_000 }),
  )
  const status = async () =>
    (await isp.owner.read('subscribers', { id: subscriber }))[0]?.['status']

  expect(await status()).toBe('pending')
  await isp.owner.call('record_payment', {
    payment: {
      id: uuid7(),
      subscriber_id: subscriber,
      subscription_id: service,
      method: 'cash',
      amount_minor: 10_000,
    },
  })
  expect(await status()).toBe('active')
  await setClock('2026-03-10T04:00:00Z')
  expect(await status()).toBe('suspended')
})

test('sending a service twice starts it once', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  const subscription = {
    id: uuid7(),
    subscriber_id: await isp.subscriber(),
    plan_id: await isp.plan(),
  }
  await isp.owner.call('start_subscription', { subscription })
  await isp.owner.call('start_subscription', { subscription })
  expect(await isp.owner.read('subscriptions')).toHaveLength(1)
  await expect(
    isp.owner.call('start_subscription', {
      subscription: { ...subscription, id: uuid7(), activated_on: '2026-02-30' },
    }),
  ).rejects.toMatchObject({ code: 'PT400' })
})

test('a subscriber is on one route, and a change of routes raises the scope of both collectors', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  const [one, two] = [await isp.collector('One'), await isp.collector('Two')]
  const subscriber = await isp.subscriber()
  await isp.route(one, subscriber)
  const scopes = () =>
    sql<
      Array<{ member_id: string; version: number }>
    >`select member_id, version from places.collector_scopes where tenant_id = ${isp.id}`
  const before = new Map((await scopes()).map(({ member_id, version }) => [member_id, version]))
  await isp.route(two, subscriber)

  expect(await isp.owner.read('route_stops')).toHaveLength(1)
  const after = new Map((await scopes()).map(({ member_id, version }) => [member_id, version]))
  expect(after.get(two.memberId)).toBeGreaterThan(0)
  expect(after.get(one.memberId)).toBeGreaterThan(before.get(one.memberId) ?? 0)
})

test('good rows of an import are kept, rows in error are named by line, and the same batch again adds nothing', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  await isp.plan({ name: 'Fiber 50' })
  await isp.owner.call('pick_barangays', { codes: ['1030500001'] })
  const rows = [
    {
      line: 2,
      account_no: 'A-1',
      name: ' Ana Reyes ',
      barangay: 'agusan',
      plan: 'fiber 50',
      activated_on: '2026-01-15',
      latitude: '8.48',
      longitude: '124.65',
    },
    { line: 3, account_no: 'a-1', name: 'Twice' },
    { line: 4, name: '' },
    { line: 5, name: 'No such plan', plan: 'Fiber 5000' },
    { line: 6, name: 'No such day', activated_on: '2026-02-30' },
    { line: 7, name: 'No such place', barangay: 'Atlantis' },
    { line: 8, name: 'Half a pin', latitude: '8.4' },
    { line: 9, name: "Robert'); drop table subscribers;--" },
    { line: 10, name: 'Mail', email: 'not an address' },
  ]
  const batch = uuid7()
  const preview = await isp.owner.call('preview_import', { rows })
  expect(preview).toMatchObject({ total: 9, good: 2, bad: 7 })
  expect(
    (preview['errors'] as unknown as Array<{ line: number; column: string }>).map(
      ({ line, column }) => [line, column],
    ),
  ).toEqual([
    [3, 'account_no'],
    [4, 'name'],
    [5, 'plan'],
    [6, 'activated_on'],
    [7, 'barangay'],
    [8, 'latitude'],
    [10, 'email'],
  ])
  expect(await isp.owner.read('subscribers')).toEqual([])

  expect(await isp.owner.call('import_subscribers', { batch_id: batch, rows })).toMatchObject({
    imported: 2,
    bad: 7,
  })
  expect(await isp.owner.call('import_subscribers', { batch_id: batch, rows })).toMatchObject({
    imported: 2,
    duplicate: true,
  })
  expect(await isp.owner.read('subscribers')).toHaveLength(2)
  expect(await isp.owner.read('subscribers', { account_no: 'A-1' })).toMatchObject([
    { name: 'Ana Reyes', plan_names: 'Fiber 50', barangay: 'Agusan' },
  ])
  await expect(isp.owner.call('preview_import', { rows: [] })).rejects.toMatchObject({
    detail: 'no_rows',
  })
})
