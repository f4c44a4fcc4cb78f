import fc from 'fast-check'
import { expect, test } from 'vitest'
import cases from '../../tests/cases/prepaid.json'
import { minor } from './money'
import { buyTime, secondsBought, withoutPeriod, type Period } from './prepaid'

test.each(cases.purchases)('$because', ({ amount, price, days, at, paid_until, ...gives }) => {
  expect(
    buyTime({ amount: minor(amount), price: minor(price), days, at, paidUntil: paid_until }),
  ).toEqual({ seconds: gives.seconds, startsAt: gives.starts_at, endsAt: gives.ends_at })
})

test('time is never cut off in our favour, and never more than a second too much', () => {
  const money = fc.integer({ min: 1, max: 9_999_999_999 })
  fc.assert(
    fc.property(money, money, fc.integer({ min: 1, max: 366 }), (amount, price, days) => {
      fc.pre((amount / price) * days < 3660)
      const seconds = BigInt(secondsBought(minor(amount), minor(price), days))
      const exact = BigInt(amount) * BigInt(days) * 86_400n

      expect(seconds * BigInt(price) >= exact).toBe(true)
      expect((seconds - 1n) * BigInt(price) < exact).toBe(true)
    }),
  )
})

test.each(cases.queues)('$because', ({ price, days, events, gives }) => {
  let queue: Array<Period> = []
  for (const event of events) {
    const cancelled = event.cancel === undefined ? undefined : queue[event.cancel]
    if (cancelled) {
      queue = withoutPeriod(queue, cancelled)
    } else {
      const bought = buyTime({
        amount: minor(event.buy ?? 0),
        price: minor(price),
        days,
        at: event.at,
        paidUntil: queue.at(-1)?.endsAt ?? null,
      })
      queue = [...queue, { boughtAt: event.at, startsAt: bought.startsAt, endsAt: bought.endsAt }]
    }
  }
  expect(queue.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual(gives)
})
