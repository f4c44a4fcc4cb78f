import type { Day } from './calendar'
import { add, minor, sum, zero, type Minor } from './money'

/** Amounts a payer is likely to hand over, so that most cash is two taps and no typing. */
export type SuggestedAmount = {
  key: 'late' | 'full' | 'plan' | 'days_15' | 'month'
  amountMinor: Minor
}

export type OwedInvoice = { dueOn: Day; openMinor: Minor }

const HALF_MONTH_DAYS = 15
const MONTH_DAYS = 30

/** What is late, all that is open, and one month of the plan. Equal amounts are offered once. */
export function suggestForBills(
  invoices: ReadonlyArray<OwedInvoice>,
  today: Day,
  planPriceMinor: Minor | null,
): Array<SuggestedAmount> {
  const late = invoices.filter((invoice) => invoice.dueOn < today)
  return distinct([
    { key: 'full', amountMinor: sum(invoices.map((invoice) => invoice.openMinor)) },
    { key: 'late', amountMinor: sum(late.map((invoice) => invoice.openMinor)) },
    { key: 'plan', amountMinor: planPriceMinor ?? minor(0) },
  ])
}

/**
 * A month, fifteen days, and the plan as it is sold, on top of what is owed: bills are settled
 * before time is bought. Part of a plan costs at least its share.
 */
export function suggestForTime(
  priceMinor: Minor,
  planDays: number,
  owedMinor: Minor = zero,
): Array<SuggestedAmount> {
  const shareOf = (days: number) =>
    minor(Number((BigInt(priceMinor) * BigInt(days) + BigInt(planDays) - 1n) / BigInt(planDays)))
  const costOf = (days: number) => add(owedMinor, shareOf(days))

  return distinct([
    { key: 'month', amountMinor: costOf(MONTH_DAYS) },
    { key: 'days_15', amountMinor: costOf(HALF_MONTH_DAYS) },
    { key: 'plan', amountMinor: add(owedMinor, priceMinor) },
  ])
}

function distinct(suggestions: ReadonlyArray<SuggestedAmount>): Array<SuggestedAmount> {
  const seen = new Set<number>([0])
  return suggestions.filter(({ amountMinor }) => {
    if (seen.has(amountMinor)) return false
    seen.add(amountMinor)
    return true
  })
}
