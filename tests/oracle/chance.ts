// Chance from a seed, so that a red run can be run again.

export type Chance = {
  /** A whole number from `least` to `most`, both possible. */
  between: (least: number, most: number) => number
  /** True so many times in a hundred. */
  percent: (hundredths: number) => boolean
  of: <T>(values: ReadonlyArray<T>) => T
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    between,
    percent: (hundredths) => next() * 100 < hundredths,
    of: <T>(values: ReadonlyArray<T>) => {
      const value = values[between(0, values.length - 1)]
      if (value === undefined) throw new RangeError('Nothing to choose from')
      return value
    },
  }
}
