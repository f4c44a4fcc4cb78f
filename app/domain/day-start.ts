import { civilDay, civilTime, daysBetween, type Day } from './calendar'

const MINUTE_MILLISECONDS = 60_000
const MINUTES_PER_DAY = 1_440

/** The instant a civil day begins where the wall clock shows `timeZone`. */
export function dayStart(day: Day, timeZone: string): Date {
  const midnightUtc = Date.parse(`${day}T00:00:00Z`)
  let instant = midnightUtc
  // Twice, because the offset at the first guess may be the one of the other side of a clock change.
  for (let round = 0; round < 2; round++) {
    instant = midnightUtc - offsetMinutes(new Date(instant), timeZone) * MINUTE_MILLISECONDS
  }
  return new Date(instant)
}

function offsetMinutes(instant: Date, timeZone: string) {
  const days = daysBetween(civilDay(instant, 'UTC'), civilDay(instant, timeZone))
  return days * MINUTES_PER_DAY + minutesOf(instant, timeZone) - minutesOf(instant, 'UTC')
}

function minutesOf(instant: Date, timeZone: string) {
  const [hours = 0, minutes = 0] = civilTime(instant, timeZone).split(':').map(Number)
  return hours * 60 + minutes
}
