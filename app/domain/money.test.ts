import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  add,
  greatest,
  least,
  minor,
  negate,
  parseMoney,
  proportion,
  split,
  subtract,
  sum,
} from './money'

const amount = fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 }).map(minor)

test('a fraction of a centavo is not money', () => {
  expect(() => minor(0.5)).toThrow(RangeError)
  expect(() => minor(Number.NaN)).toThrow(RangeError)
  expect(() => minor(2 ** 53)).toThrow(RangeError)
})

test('amounts add, subtract and compare', () => {
  expect(add(minor(115_000), minor(50))).toBe(115_050)
  expect(subtract(minor(100), minor(150))).toBe(-50)
  expect(Object.is(negate(minor(0)), 0)).toBe(true)
  expect(least(minor(1), minor(2))).toBe(1)
  expect(greatest(minor(1), minor(2))).toBe(2)
  expect(sum([minor(1), minor(2), minor(3)])).toBe(6)
})

test.each([
  { amount: 100, of: [1, 3], gives: 33 },
  { amount: 100, of: [1, 8], gives: 13, because: 'a half goes away from zero' },
  { amount: -100, of: [1, 8], gives: -13, because: 'below zero too' },
  { amount: 112_000, of: [12, 112], gives: 12_000, because: 'VAT inside a price' },
  { amount: 115_000, of: [17, 31], gives: 63_065 },
])('$amount × $of is $gives', ({ amount, of: [numerator = 0, denominator = 0], gives }) => {
  expect(proportion(minor(amount), numerator, denominator)).toBe(gives)
})

test.each([
  { total: 100, by: [1, 1, 1], gives: [34, 33, 33] },
  { total: -100, by: [1, 1, 1], gives: [-34, -33, -33] },
  { total: 5, by: [0, 1], gives: [0, 5] },
  { total: 2, by: [1, 1, 1], gives: [1, 1, 0] },
  { total: 1_000, by: [333, 333, 334], gives: [333, 333, 334] },
])('$total split by $by is $gives', ({ total, by, gives }) => {
  expect(split(minor(total), by)).toEqual(gives)
})

test('a split makes and loses nothing', () => {
  const weights = fc
    .array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 20 })
    .filter((all) => all.some((weight) => weight > 0))
  fc.assert(
    fc.property(amount, weights, (total, by) => {
      expect(sum(split(total, by))).toBe(total)
    }),
  )
})

test.each([
  ['1000', 100_000],
  ['1,000.50', 100_050],
  ['₱1,000.50', 100_050],
  ['₱ 1,150', 115_000],
  ['PHP 1,150.5', 115_050],
  ['  0.05 ', 5],
  ['.5', 50],
  ['007', 700],
  ['10.500', 1_050],
  ['99,999,999.99', 9_999_999_999],
])('%s is %d centavos', (text, gives) => {
  expect(parseMoney(text)).toEqual({ ok: true, minor: gives })
})

test.each([
  ['', 'money.empty'],
  ['₱', 'money.empty'],
  ['.', 'money.not_a_number'],
  ['abc', 'money.not_a_number'],
  ['12a', 'money.not_a_number'],
  ['1e9', 'money.not_a_number'],
  ['1,00', 'money.not_a_number'],
  ['1.000,50', 'money.not_a_number'],
  ['1 000', 'money.not_a_number'],
  ['-5', 'money.negative'],
  ['-₱5', 'money.negative'],
  ['₱-5', 'money.negative'],
  ['(5)', 'money.negative'],
  ['0', 'money.zero'],
  ['0.00', 'money.zero'],
  ['0.001', 'money.too_precise'],
  ['100,000,000', 'money.too_large'],
  ['1000000000', 'money.too_large'],
  ['99999999999999999999', 'money.too_large'],
])('“%s” is refused: %s', (text, reason) => {
  expect(parseMoney(text)).toEqual({ ok: false, reason })
})
