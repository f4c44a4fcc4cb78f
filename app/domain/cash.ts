// Notes and coins: which there are, and what a handful of them comes to.

import { add, minor, type Minor, zero } from './money'

/** How many of each, by its worth in minor units: `{ "100000": 2 }` is two notes of ₱1,000. */
export type Pieces = Readonly<Record<string, number>>

export type Denomination = { minor: Minor; kind: 'note' | 'coin' }

/** At most this many of one kind are counted at once; the database allows no more either. */
export const MOST_PIECES = 999_999

const worths: Record<string, { notes: Array<number>; coins: Array<number> }> = {
  // The ₱20 note and the ₱20 coin are one line: whoever counts puts them on one pile.
  PHP: {
    notes: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000],
    coins: [1_000, 500, 100, 25, 5, 1],
  },
  USD: { notes: [10_000, 5_000, 2_000, 1_000, 500, 100], coins: [25, 10, 5, 1] },
  EUR: {
    notes: [20_000, 10_000, 5_000, 2_000, 1_000, 500],
    coins: [200, 100, 50, 20, 10, 5, 2, 1],
  },
}
const anywhere = { notes: [100_000, 50_000, 10_000, 5_000, 1_000], coins: [500, 100, 50, 10, 5, 1] }

/** The largest first, as a person sorts them. */
export function denominationsOf(currency: string): Array<Denomination> {
  const { notes, coins } = worths[currency] ?? anywhere
  return [
    ...notes.map((worth) => ({ minor: minor(worth), kind: 'note' as const })),
    ...coins.map((worth) => ({ minor: minor(worth), kind: 'coin' as const })),
  ]
}

export function sumOfPieces(pieces: Pieces): Minor {
  return Object.entries(pieces).reduce(
    (total, [worth, count]) => add(total, minor(Number(worth) * count)),
    zero,
  )
}

/** The fewest notes and coins that come to this, the largest first. */
export function piecesOf(amount: Minor, currency: string): Array<{ worth: Minor; count: number }> {
  let left: number = amount
  return denominationsOf(currency).flatMap(({ minor: worth }) => {
    const count = Math.floor(left / worth)
    left -= count * worth
    return count > 0 ? [{ worth, count }] : []
  })
}

const MOST_GUESSES = 4

/** What a payer of this is likely to hold out: the next sums that a handful of one note makes. */
export function likelyGiven(amount: Minor, currency: string): Array<Minor> {
  const sums = denominationsOf(currency)
    .filter(({ kind }) => kind === 'note')
    .map(({ minor: note }) => Math.ceil(amount / note) * note)
    .filter((sum) => sum > amount)
  return [...new Set(sums)]
    .sort((a, b) => a - b)
    .slice(0, MOST_GUESSES)
    .map(minor)
}

/** Only what is there: a count of zero says nothing. */
export function withPieces(pieces: Pieces, worth: number, count: number): Pieces {
  const { [String(worth)]: _, ...others } = pieces
  const kept = Math.min(Math.max(Math.trunc(count) || 0, 0), MOST_PIECES)
  return kept === 0 ? others : { ...others, [String(worth)]: kept }
}

/** Pieces as a form or the database carries them; null when it is something else. */
export function readPieces(value: unknown): Pieces | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const pieces = Object.entries(value)
  const isCash = pieces.every(
    ([worth, count]) =>
      /^[1-9]\d{0,6}$/.test(worth) &&
      typeof count === 'number' &&
      Number.isInteger(count) &&
      count >= 0 &&
      count <= MOST_PIECES,
  )
  return isCash ? (Object.fromEntries(pieces) as Pieces) : null
}
