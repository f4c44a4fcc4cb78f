import { expect, test } from 'vitest'
import { formatPercent, partsOf, stateOf, type Charge } from './charge'

const charge: Charge = {
  id: 'c',
  subscription_id: null,
  plan_discount_id: null,
  kind: 'one_time',
  description: 'Router',
  amount_minor: 100_000,
  percent_bp: null,
  parts: 3,
  is_conditional: false,
  starts_on: '2026-12-01',
  until_on: null,
  remaining: 3,
  cancelled_at: null,
}

test('a sum in parts adds up, and the first part takes the odd unit', () => {
  expect(partsOf(100_000, 3)).toEqual([33_334, 33_333, 33_333])
  expect(partsOf(300_000, 3)).toEqual([100_000, 100_000, 100_000])
})

test('a charge waits, is under way, is done, or was cancelled before it was', () => {
  expect(stateOf(charge, 0)).toBe('waiting')
  expect(stateOf({ ...charge, remaining: 2 }, 1)).toBe('running')
  expect(stateOf({ ...charge, remaining: null }, 4)).toBe('running')
  expect(stateOf({ ...charge, remaining: 0 }, 3)).toBe('done')
  expect(stateOf({ ...charge, cancelled_at: '2026-12-02' }, 1)).toBe('cancelled')
})

test('a percentage has no more decimals than it needs', () => {
  expect([1_000, 1_250, 1].map(formatPercent)).toEqual(['10 %', '12.5 %', '0.01 %'])
})
