/** VAT inside prices: rounded once on the sum of an invoice, then handed to its lines. */

import { minor, proportion, sum, type Minor } from './money'

const WHOLE_BP = 10_000

/** Parts per ten thousand: 1200 is 12 %. */
export type BasisPoints = number

export function vatWithin(amount: Minor, rate: BasisPoints): Minor {
  return proportion(amount, rate, WHOLE_BP + rate)
}

/** The VAT of each line. Left-over units go to the largest remainders, the earlier line first, so the lines always add up. */
export function spreadVat(lines: ReadonlyArray<Minor>, rate: BasisPoints): Array<Minor> {
  const divisor = BigInt(WHOLE_BP + rate)
  const shares = lines.map((line, index) => {
    const product = BigInt(line) * BigInt(rate)
    const remainder = ((product % divisor) + divisor) % divisor
    return { index, whole: (product - remainder) / divisor, remainder }
  })
  const floor = shares.reduce((total, share) => total + share.whole, 0n)
  let leftOver = BigInt(vatWithin(sum(lines), rate)) - floor

  const byRemainder = [...shares].sort((a, b) => {
    if (a.remainder === b.remainder) return a.index - b.index
    return a.remainder > b.remainder ? -1 : 1
  })
  for (const share of byRemainder) {
    if (leftOver === 0n) break
    share.whole += 1n
    leftOver -= 1n
  }
  return shares.map((share) => minor(Number(share.whole)))
}
