import { expect, test } from 'vitest'
import { minor } from './money'
import { suggestForBills, suggestForTime } from './suggested-amounts'

test('bills suggest all that is open, what is late, and one month of the plan', () => {
  const invoices = [
    { dueOn: '2026-10-15', openMinor: minor(99_900) },
    { dueOn: '2026-11-30', openMinor: minor(50_000) },
  ]

  expect(suggestForBills(invoices, '2026-11-21', minor(120_000))).toEqual([
    { key: 'full', amountMinor: 149_900 },
    { key: 'late', amountMinor: 99_900 },
    { key: 'plan', amountMinor: 120_000 },
  ])
})

test('an amount that is offered already is not offered under another name', () => {
  const invoices = [{ dueOn: '2026-10-15', openMinor: minor(99_900) }]
  expect(suggestForBills(invoices, '2026-11-21', minor(99_900))).toEqual([
    { key: 'full', amountMinor: 99_900 },
  ])
  expect(suggestForBills([], '2026-11-21', null)).toEqual([])
})

test('half a month costs at least its share of the plan', () => {
  expect(suggestForTime(minor(99_999), 30)).toEqual([
    { key: 'month', amountMinor: 99_999 },
    { key: 'days_15', amountMinor: 50_000 },
  ])
  expect(suggestForTime(minor(35_000), 7)).toEqual([
    { key: 'month', amountMinor: 150_000 },
    { key: 'days_15', amountMinor: 75_000 },
    { key: 'plan', amountMinor: 35_000 },
  ])
})
