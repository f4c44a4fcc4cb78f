// What a service costs over time: new prices, bill days, who may change them, and that each day is charged once.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '~/domain/calendar'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon } from './money.ts'
import { large, linesOf, north, PRICE, send, small, subscribed } from './serving.ts'
import { signUpTenant } from './story.ts'

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
