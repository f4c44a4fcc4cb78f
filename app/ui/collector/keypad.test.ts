import { expect, test } from 'vitest'
import { cleanAmount, groupedAmount, typed } from './keypad'

test.each([
  ['', '1', '1'],
  ['1', '.', '1.'],
  ['', '.', '0.'],
  ['0', '5', '5'],
  ['0', '.', '0.'],
  ['1.', '.', '1.'],
  ['1.25', '5', '1.25'],
  ['99999999.99', '9', '99999999.99'],
  ['99999999', '9', '99999999'],
])('%j and then %j makes %j', (text, key, gives) => {
  expect(typed(text, key)).toBe(gives)
})

test('what a person pastes loses its peso sign and separators', () => {
  expect(cleanAmount('₱1,150.50')).toBe('1150.50')
  expect(cleanAmount('abc')).toBeNull()
  expect(cleanAmount('-5')).toBeNull()
})

test('thousands are grouped while typing', () => {
  expect(groupedAmount('1234567.5')).toBe('1,234,567.5')
  expect(groupedAmount('150.')).toBe('150.')
  expect(groupedAmount('')).toBe('')
})
