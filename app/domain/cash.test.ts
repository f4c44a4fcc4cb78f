import fc from 'fast-check'
import { expect, test } from 'vitest'
import { denominationsOf, MOST_PIECES, readPieces, sumOfPieces, withPieces } from './cash'

const pesos = denominationsOf('PHP').map((piece) => piece.minor)

test('a handful of notes and coins comes to its sum', () => {
  expect(sumOfPieces({ 100000: 2, 2000: 3, 25: 2 })).toBe(206_050)
  expect(sumOfPieces({})).toBe(0)
})

test('any sum can be counted out in any currency', () => {
  for (const currency of ['PHP', 'USD', 'EUR', 'XYZ']) {
    expect(denominationsOf(currency).at(-1)?.minor).toBe(1)
  }
})

test('the order of counting does not matter, and taking away what was put leaves nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...pesos), fc.nat(500)), { maxLength: 20 }),
      (steps) => {
        const counted = steps.reduce(
          (pieces, [worth, count]) => withPieces(pieces, worth, count),
          {},
        )
        const last = new Map(steps)
        const total = [...last].reduce((sum, [worth, count]) => sum + worth * count, 0)
        expect(sumOfPieces(counted)).toBe(total)
        expect(readPieces(counted)).toEqual(counted)
        expect(pesos.reduce((pieces, worth) => withPieces(pieces, worth, 0), counted)).toEqual({})
      },
    ),
  )
})

test('nobody counts less than nothing, or more than there is room for', () => {
  expect(withPieces({}, 100, -3)).toEqual({})
  expect(withPieces({}, 100, Number.NaN)).toEqual({})
  expect(withPieces({}, 100, 1e9)).toEqual({ 100: MOST_PIECES })
})

test.each([null, [], 'cash', { notes: 1 }, { 100: -1 }, { 100: 1.5 }, { 100: '1' }])(
  '%j is no cash',
  (value) => {
    expect(readPieces(value)).toBeNull()
  },
)
