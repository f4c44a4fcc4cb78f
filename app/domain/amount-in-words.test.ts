import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountInWords } from './amount-in-words'
import { minor } from './money'

test.each([
  [0, 'Zero pesos'],
  [50, 'Zero pesos and 50/100'],
  [100, 'One peso'],
  [105, 'One peso and 05/100'],
  [1_300, 'Thirteen pesos'],
  [2_000, 'Twenty pesos'],
  [9_999, 'Ninety-nine pesos and 99/100'],
  [10_000, 'One hundred pesos'],
  [115_000, 'One thousand one hundred fifty pesos'],
  [
    123_456_789,
    'One million two hundred thirty-four thousand five hundred sixty-seven pesos and 89/100',
  ],
  [100_000_000, 'One million pesos'],
  [
    9_999_999_999,
    'Ninety-nine million nine hundred ninety-nine thousand nine hundred ninety-nine pesos and 99/100',
  ],
  [-5_000, 'Minus fifty pesos'],
])('%d minor units', (amount, words) => {
  expect(amountInWords(minor(amount))).toBe(words)
})

test('another currency has its own word', () => {
  expect(amountInWords(minor(100), 'USD')).toBe('One dollar')
  expect(amountInWords(minor(250), 'KES')).toBe('Two KES and 50/100')
})

test('two amounts never read the same', () => {
  const amount = fc.integer({ min: 0, max: 9_999_999_999 }).map(minor)
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      expect(amountInWords(a) === amountInWords(b)).toBe(a === b)
    }),
  )
})
