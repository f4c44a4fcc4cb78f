// Changes of plan: upgrades now, downgrades at the end of the period, quotes before, repairs of what was billed.

import { expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { bill, expectSound, noon } from './money.ts'
import { large, linesOf, north, PRICE, send, small, subscribed } from './serving.ts'

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
