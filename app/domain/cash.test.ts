import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  denominationsOf,
  likelyGiven,
  MOST_PIECES,
  piecesOf,
  readPieces,
  sumOfPieces,
  withPieces,
} from './cash'
import { minor } from './money'

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

test('given 1,000 for 700, the change is a 200 and a 100', () => {
  expect(likelyGiven(minor(70_000), 'PHP')).toEqual([80_000, 100_000])
  expect(piecesOf(minor(30_000), 'PHP')).toEqual([
    { worth: 20_000, count: 1 },
    { worth: 10_000, count: 1 },
  ])
})

test('change comes to its sum, and what is held out is always more than what is taken', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), (amount) => {
      const given = likelyGiven(minor(amount), 'PHP')
      for (const sum of given) expect(sum).toBeGreaterThan(amount)
      const back = piecesOf(minor(amount), 'PHP')
      expect(back.reduce((sum, { worth, count }) => sum + worth * count, 0)).toBe(amount)
    }),
  )
})
