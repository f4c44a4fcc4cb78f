import fc from 'fast-check'
import { expect, test } from 'vitest'
import cases from '../../tests/cases/allocation.json'
import { allocate } from './allocation'
import { add, minor, sum } from './money'

test.each(cases)('$because', ({ payment, open, gives, credit }) => {
  const invoices = open.map(([id, dueOn, amount]) => ({
    id: String(id),
    dueOn: String(dueOn),
    open: minor(Number(amount)),
  }))
  const result = allocate(minor(payment), invoices)

  expect(result.allocations.map(({ invoiceId, amount }) => [invoiceId, amount])).toEqual(gives)
  expect(result.credit).toBe(credit)
})

const amount = fc.integer({ min: 1, max: 9_999_999_999 }).map(minor)
const invoice = fc.record({
  id: fc.uuid(),
  dueOn: fc.integer({ min: 10, max: 28 }).map((day) => `2026-01-${day}`),
  open: amount,
})

test('no money is made or lost, and none goes beyond an invoice', () => {
  fc.assert(
    fc.property(amount, fc.uniqueArray(invoice, { selector: ({ id }) => id }), (payment, open) => {
      const { allocations, credit } = allocate(payment, open)

      expect(add(sum(allocations.map((taken) => taken.amount)), credit)).toBe(payment)
      expect(credit).toBeGreaterThanOrEqual(0)
      for (const taken of allocations) {
        const owed = open.find(({ id }) => id === taken.invoiceId)?.open ?? 0
        expect(taken.amount).toBeLessThanOrEqual(owed)
      }
    }),
  )
})

test('the order in which invoices arrive does not matter', () => {
  fc.assert(
    fc.property(amount, fc.uniqueArray(invoice, { selector: ({ id }) => id }), (payment, open) => {
      expect(allocate(payment, [...open].reverse())).toEqual(allocate(payment, open))
    }),
  )
})
