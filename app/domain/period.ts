/** Billing periods are half-open, `[from, until)`, and counted from an anchor, so that a 31st finds its way back. */

import { addMonths, partsOf, type Day } from './calendar'
import { proportion, type Minor } from './money'

export type Period = { from: Day; until: Day }

/** The day all periods of a tenant are counted from. Day 31 stands for the last day of the month. */
export function anchorOf(invoiceDay: number): Day {
  return `2000-01-${String(invoiceDay).padStart(2, '0')}`
}

/** The period a day lies in. */
export function periodOf(anchor: Day, day: Day): Period {
  const months = monthsBetween(anchor, day)
  const index = addMonths(anchor, months) > day ? months - 1 : months
  return { from: addMonths(anchor, index), until: addMonths(anchor, index + 1) }
}

/** A part of a price by calendar day of the actual period. */
export function prorate(price: Minor, days: number, ofDays: number): Minor {
  return proportion(price, days, ofDays)
}

function monthsBetween(anchor: Day, day: Day) {
  const from = partsOf(anchor)
  const to = partsOf(day)
  return (to.year - from.year) * 12 + to.month - from.month
}
