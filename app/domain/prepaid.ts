import type { Minor } from './money'

const DAY_SECONDS = 86_400n
const SECOND_MILLISECONDS = 1_000

export type BoughtTime = { seconds: number; startsAt: string; endsAt: string }

/** The seconds an amount buys where one price buys so many days: to the second, never cut off in our favour. */
export function secondsBought(amount: Minor, price: Minor, days: number): number {
  if (price <= 0) throw new RangeError('Time without a price cannot be bought')
  const product = BigInt(amount) * BigInt(days) * DAY_SECONDS
  return Number((product + BigInt(price) - 1n) / BigInt(price))
}

/** Time begins at the later of the payment and the end of what is paid already. */
export function buyTime(sale: {
  amount: Minor
  price: Minor
  days: number
  at: string
  paidUntil: string | null
}): BoughtTime {
  const seconds = secondsBought(sale.amount, sale.price, sale.days)
  const starts = Math.max(Date.parse(sale.at), sale.paidUntil ? Date.parse(sale.paidUntil) : 0)
  return {
    seconds,
    startsAt: new Date(starts).toISOString(),
    endsAt: new Date(starts + seconds * SECOND_MILLISECONDS).toISOString(),
  }
}
