// The oracle's own arithmetic: fractions of whole numbers, rounded once.

export type Fraction = { over: bigint; under: bigint }

/** Half goes away from zero. */
export function rounded(over: bigint, under: bigint): bigint {
  const twice = (over < 0n ? -over : over) * 2n
  const size = (twice + under) / (under * 2n)
  return over < 0n ? -size : size
}

/** Whole parts of fractions with one denominator: their sum is rounded once, left-over units go to the largest remainders, the earlier first. */
export function parts(overs: ReadonlyArray<bigint>, under: bigint): Array<number> {
  const floors = overs.map((over) => (over - (((over % under) + under) % under)) / under)
  const order = overs
    .map((over, at) => ({ at, rest: ((over % under) + under) % under }))
    .sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1))
  const whole = rounded(
    overs.reduce((sum, over) => sum + over, 0n),
    under,
  )
  const left = Number(whole - floors.reduce((sum, floor) => sum + floor, 0n))
  const extra = new Set(order.slice(0, left).map(({ at }) => at))
  return floors.map((floor, at) => Number(floor) + (extra.has(at) ? 1 : 0))
}

/** The VAT inside the vatable amounts of one invoice, by line. */
export function vatOf(vatable: ReadonlyArray<number>, rateBp: number): Array<number> {
  return parts(
    vatable.map((amount) => BigInt(amount) * BigInt(rateBp)),
    BigInt(10_000 + rateBp),
  )
}

/** The seconds an amount buys; a begun second is given whole. */
export function secondsFor(amount: number, price: number, days: number): number {
  const over = BigInt(amount) * BigInt(days) * 86_400n
  return Number((over + BigInt(price) - 1n) / BigInt(price))
}
