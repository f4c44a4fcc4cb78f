import { expect, test } from 'vitest'
import { formatPercent, partsOf } from './charge'

test('a sum in parts adds up, and the first part takes the odd unit', () => {
  expect(partsOf(100_000, 3)).toEqual([33_334, 33_333, 33_333])
  expect(partsOf(300_000, 3)).toEqual([100_000, 100_000, 100_000])
})

test('a percentage has no more decimals than it needs', () => {
  expect([1_000, 1_250, 1].map(formatPercent)).toEqual(['10 %', '12.5 %', '0.01 %'])
})
