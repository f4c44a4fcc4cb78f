import fc from 'fast-check'
import { expect, test } from 'vitest'
import cases from '../../tests/cases/vat.json'
import { minor, sum } from './money'
import { spreadVat, vatWithin } from './vat'

test.each(cases)('$because', ({ rate_bp, lines, gives }) => {
  expect(spreadVat(lines.map(minor), rate_bp)).toEqual(gives)
})

test('the VAT of the lines is the VAT of their sum', () => {
  const line = fc.integer({ min: -9_999_999, max: 9_999_999 }).map(minor)
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 20 }),
      fc.nat({ max: 10_000 }),
      (lines, rate) => {
        expect(sum(spreadVat(lines, rate))).toBe(vatWithin(sum(lines), rate))
      },
    ),
  )
})
