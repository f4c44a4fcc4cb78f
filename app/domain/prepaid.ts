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

/** Time that was bought, in the order it runs. */
export type Period = { boughtAt: string; startsAt: string; endsAt: string }

/** Takes a period out of the queue; those behind it close up, but begin no earlier than they were bought. */
export function withoutPeriod(queue: ReadonlyArray<Period>, cancelled: Period): Array<Period> {
  const closedUp: Array<Period> = []
  for (const period of queue) {
    if (period === cancelled) continue
    const before = closedUp.at(-1)
    const hasMoved = period.startsAt > cancelled.startsAt
    if (!hasMoved || !before) {
      closedUp.push(period)
      continue
    }
    const starts = Math.max(Date.parse(before.endsAt), Date.parse(period.boughtAt))
    const length = Date.parse(period.endsAt) - Date.parse(period.startsAt)
    closedUp.push({
      ...period,
      startsAt: new Date(starts).toISOString(),
      endsAt: new Date(starts + length).toISOString(),
    })
  }
  return closedUp
}

/** Time bought for a service, as the office and the portal list it. */
export type BoughtPeriod = {
  id: string
  subscription_id: string
  plan_name: string
  amount_minor: number
  starts_at: string
  ends_at: string
}

/** What the whole credit of a subscriber would buy. */
export type TimeOffer = {
  credit_minor: number
  prepaid: { seconds: number; starts_at: string; ends_at: string; amount_minor: number } | null
}

/** A plan that begins when the time bought with the old one ends. */
export type WaitingPlan = { plan_name: string; price_minor: number; from_on: string }
