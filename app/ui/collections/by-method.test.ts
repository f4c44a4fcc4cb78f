import { expect, test } from 'vitest'
import { byMethod, methodsOf, totalOf, type CollectionRow } from './by-method'

const jun: CollectionRow = {
  day: '2026-11-03',
  collector_id: 'jun',
  collector_name: 'Jun',
  method: 'cash',
  channel: 'field',
  receipts: 2,
  amount_minor: 230_000,
}
const rows = [
  jun,
  { ...jun, method: 'gcash' as const, receipts: 1, amount_minor: 100_000 },
  { ...jun, channel: 'counter' as const, receipts: 1, amount_minor: 50_000 },
  { ...jun, collector_id: null, collector_name: null, amount_minor: 70_000 },
]

test('one row a person, one sum a method, wherever it was taken', () => {
  expect(byMethod(rows)).toMatchObject([
    {
      collector_name: 'Jun',
      receipts: 4,
      amounts: { cash: 280_000, gcash: 100_000 },
      amount_minor: 380_000,
    },
    { collector_name: null, receipts: 2, amount_minor: 70_000 },
  ])
})

test('only methods somebody paid by get a column, and nothing is lost', () => {
  expect(methodsOf(rows)).toEqual(['cash', 'gcash'])
  expect(totalOf(byMethod(rows))).toBe(totalOf(rows))
})
