import fc from 'fast-check'
import { expect, test } from 'vitest'
import cases from '../../tests/cases/period.json'
import { addDays, addMonths, daysBetween } from './calendar'
import { minor, sum } from './money'
import { anchorOf, periodOf, prorate } from './period'

test.each(cases.boundaries)('$because', ({ anchor, k, gives }) => {
  expect(addMonths(anchor, k)).toBe(gives)
})

test.each(cases.periods)('$because', ({ invoice_day, day, from, until }) => {
  expect(periodOf(anchorOf(invoice_day), day)).toEqual({ from, until })
})

test.each(cases.prorations)('$because', ({ price, days, of, gives }) => {
  expect(prorate(minor(price), days, of)).toBe(gives)
})

const invoiceDay = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant(31))
const day = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('2020-01-01', count))

test('each day lies in exactly one period, and periods meet', () => {
  fc.assert(
    fc.property(invoiceDay, day, (billed, today) => {
      const { from, until } = periodOf(anchorOf(billed), today)

      expect(from <= today && today < until).toBe(true)
      expect(periodOf(anchorOf(billed), until).from).toBe(until)
      expect(periodOf(anchorOf(billed), addDays(from, -1)).until).toBe(from)
    }),
  )
})

test('the days of a period cost its price', () => {
  fc.assert(
    fc.property(invoiceDay, day, fc.integer({ min: 1, max: 9_999_999 }), (billed, today, price) => {
      const { from, until } = periodOf(anchorOf(billed), today)
      const days = daysBetween(from, until)

      expect(prorate(minor(price), days, days)).toBe(price)
      const halves = [days >> 1, days - (days >> 1)].map((part) =>
        prorate(minor(price), part, days),
      )
      expect(Math.abs(sum(halves) - price)).toBeLessThanOrEqual(1)
    }),
  )
})
