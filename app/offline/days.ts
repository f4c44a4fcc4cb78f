// Days and instants as the ISP counts them.

import { addDays, civilDay, type Day } from '~/domain/calendar'
import type { Phone } from './phone'

export function today(phone: Phone): Day {
  return civilDay(phone.now(), phone.profile.time_zone)
}

/** Whether an instant lies in these days, both included, where the ISP is. Its text rules most out; to ask the calendar for thousands is slow. */
export function within({ from, until }: { from?: Day; until?: Day }, timeZone: string) {
  const [earliest, latest] = [from && addDays(from, -1), until && addDays(until, 2)]
  return (instant: string) => {
    if ((earliest && instant < earliest) || (latest && instant >= latest)) return false
    if (!from && !until) return true
    const day = civilDay(instant, timeZone)
    return (!from || day >= from) && (!until || day <= until)
  }
}

export function earliest(days: ReadonlyArray<Day>): Day | null {
  return days.reduce<Day | null>(
    (first, day) => (first === null || day < first ? day : first),
    null,
  )
}
