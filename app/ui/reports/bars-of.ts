import { addDays, daysBetween } from '~/domain/calendar'
import type { DayBar } from './day-bars'

const MOST_BARS = 62

/** A bar for every day of the range, also those nobody paid on. A longer range has no chart. */
export function barsOf(
  rows: ReadonlyArray<{ day: string; amount_minor: number }>,
  range: { from: string; until: string },
): Array<DayBar> {
  const count = daysBetween(range.from, range.until) + 1
  if (count < 2 || count > MOST_BARS) return []
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(row.day, (sums.get(row.day) ?? 0) + row.amount_minor)
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(range.from, index)
    return { day, amount_minor: sums.get(day) ?? 0 }
  })
}
