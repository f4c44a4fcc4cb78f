/** Money is whole minor units. Half rounds away from zero, and parts of a split always add up. */

/** A whole number of the currency's smallest unit. Never a fraction, never a float. */
export type Minor = number & { readonly unit: 'minor' }

/** ₱99,999,999.99: no single amount a person types is larger. */
export const LARGEST_TYPED_MINOR = 9_999_999_999

export function minor(value: number): Minor {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole minor amount`)
  return (value === 0 ? 0 : value) as Minor
}

export const zero = minor(0)

export function add(a: Minor, b: Minor): Minor {
  return minor(a + b)
}

export function subtract(a: Minor, b: Minor): Minor {
  return minor(a - b)
}

export function negate(a: Minor): Minor {
  return minor(-a)
}

export function least(a: Minor, b: Minor): Minor {
  return a < b ? a : b
}

export function greatest(a: Minor, b: Minor): Minor {
  return a > b ? a : b
}

export function sum(amounts: Iterable<Minor>): Minor {
  let total = zero
  for (const amount of amounts) total = add(total, amount)
  return total
}

/** `amount × numerator / denominator`, exact until one rounding, half away from zero. */
export function proportion(amount: Minor, numerator: number, denominator: number): Minor {
  if (denominator === 0) throw new RangeError('A proportion of nothing has no answer')
  const product = BigInt(amount) * BigInt(numerator)
  const divisor = BigInt(denominator)
  const isNegative = product < 0n !== divisor < 0n
  const size = (magnitude(product) * 2n + magnitude(divisor)) / (magnitude(divisor) * 2n)
  return minor(Number(isNegative ? -size : size))
}

/**
 * Shares `total` by whole-number weights. Left-over units go one by one to the largest
 * remainders, the earlier part first, so the parts always sum to the total.
 */
export function split(total: Minor, weights: ReadonlyArray<number>): Array<Minor> {
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError('Weights are whole numbers of zero or more')
  }
  const weightSum = weights.reduce((whole, weight) => whole + BigInt(weight), 0n)
  if (weightSum === 0n) throw new RangeError('Some weight must be above zero')

  const sign = total < 0 ? -1n : 1n
  const size = magnitude(BigInt(total))
  const parts = weights.map((weight, index) => {
    const product = size * BigInt(weight)
    return { index, whole: product / weightSum, remainder: product % weightSum }
  })

  let leftOver = size - parts.reduce((whole, part) => whole + part.whole, 0n)
  const byRemainder = [...parts].sort((a, b) => {
    if (a.remainder === b.remainder) return a.index - b.index
    return a.remainder > b.remainder ? -1 : 1
  })
  for (const part of byRemainder) {
    if (leftOver === 0n) break
    part.whole += 1n
    leftOver -= 1n
  }

  return parts.map((part) => minor(Number(sign * part.whole)))
}

export type MoneyRefusal =
  | 'money.empty'
  | 'money.not_a_number'
  | 'money.negative'
  | 'money.zero'
  | 'money.too_precise'
  | 'money.too_large'

export type TypedMoney = { ok: true; minor: Minor } | { ok: false; reason: MoneyRefusal }

const plain = /^(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/

/** What a person typed, in pesos: `1000`, `1,000.50`, `₱1,000.50`, `PHP 1,000`. The reason is a sentence key. */
export function parseMoney(text: string): TypedMoney {
  const typed = text.trim().replace(/^([-−(]?)\s*(?:₱|php|p)\s*/i, '$1')
  if (typed === '') return { ok: false, reason: 'money.empty' }
  if (/^[-−(]\s*[\d.]/.test(typed)) return { ok: false, reason: 'money.negative' }

  const match = plain.exec(typed)
  const whole = match?.[1]?.replaceAll(',', '') ?? ''
  const fraction = match?.[2] ?? ''
  if (!match || whole + fraction === '') return { ok: false, reason: 'money.not_a_number' }
  if (fraction.replace(/0+$/, '').length > 2) return { ok: false, reason: 'money.too_precise' }

  const digits = whole.replace(/^0+/, '') + fraction.slice(0, 2).padEnd(2, '0')
  if (digits.length > 15 || Number(digits) > LARGEST_TYPED_MINOR) {
    return { ok: false, reason: 'money.too_large' }
  }
  if (Number(digits) === 0) return { ok: false, reason: 'money.zero' }
  return { ok: true, minor: minor(Number(digits)) }
}

function magnitude(value: bigint) {
  return value < 0n ? -value : value
}
