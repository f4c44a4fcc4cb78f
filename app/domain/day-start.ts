import { civilDay, civilTime, type Day } from './calendar'

const MINUTE_MILLISECONDS = 60_000

/** The instant a civil day begins where the wall clock shows `timeZone`. */
export function dayStart(day: Day, timeZone: string): Date {
  const midnightUtc = Date.parse(`${day}T00:00:00Z`)
  let instant = midnightUtc
  // Twice, because the offset at the first guess may be the one of the other side of a clock change.
  for (let round = 0; round < 2; round++) {
    instant = midnightUtc - offsetOf(instant, timeZone)
  }
  return new Date(instant)
}

function offsetOf(instant: number, timeZone: string) {
  const wall = Date.parse(
    `${civilDay(new Date(instant), timeZone)}T${civilTime(new Date(instant), timeZone)}Z`,
  )
  return wall - Math.floor(instant / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS
}
