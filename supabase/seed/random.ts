/** A small repeatable source of chance (mulberry32): the same seed tells the same story on every machine. */
export type Chance = {
  /** A number in [0, 1). */
  next: () => number
  /** A whole number in [from, until). */
  between: (from: number, until: number) => number
  pick: <T>(list: ReadonlyArray<T>) => T
  /** True once in `of` on average, given as a share between 0 and 1. */
  happens: (share: number) => boolean
  bytes: (count: number) => Uint8Array
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (from: number, until: number) => from + Math.floor(next() * (until - from))
  return {
    next,
    between,
    pick: <T>(list: ReadonlyArray<T>): T => {
      const found = list[between(0, list.length)]
      if (found === undefined) throw new RangeError('Nothing to pick from')
      return found
    },
    happens: (share) => next() < share,
    bytes: (count) => Uint8Array.from({ length: count }, () => between(0, 256)),
  }
}
