/**
 * Civil days are strings like `2026-11-03`: they sort, compare and travel as they are, and no
 * time zone can move them. Arithmetic runs on UTC midnights, which have no daylight saving.
 */

export type Day = string

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const DAY_MILLISECONDS = 86_400_000

/** Years a person means. Others are typing errors, and leave no room to count from. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2199

export function isRealDay(text: string): text is Day {
  const year = Number(dayPattern.exec(text)?.[1])
  const isMeant = year >= FIRST_YEAR && year <= LAST_YEAR
  return isMeant && fromEpoch(Date.parse(`${text}T00:00:00Z`)) === text
}

export function addDays(day: Day, count: number): Day {
  return fromEpoch(toEpoch(day) + count * DAY_MILLISECONDS)
}

/** Days in the half-open range `[from, until)`; negative when `until` lies before. */
export function daysBetween(from: Day, until: Day): number {
  return Math.round((toEpoch(until) - toEpoch(from)) / DAY_MILLISECONDS)
}

/** Boundary `count` of a calendar anchored at `anchor`: always from the anchor, clamped to the month's end. */
export function addMonths(anchor: Day, count: number): Day {
  const { year, month, date } = partsOf(anchor)
  const index = year * 12 + (month - 1) + count
  const first = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 }
  return dayOf(first.year, first.month, Math.min(date, lengthOfMonth(first.year, first.month)))
}

export function lengthOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`
}

export function lastOfMonth(day: Day): Day {
  const { year, month } = partsOf(day)
  return dayOf(year, month, lengthOfMonth(year, month))
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(toEpoch(day)).getUTCDay()
}

/** The civil day of an instant where the clock on the wall is set to `timeZone`. */
export function civilDay(instant: string | Date, timeZone: string): Day {
  const { year, month, day } = wallClock(instant, timeZone)
  return `${year}-${month}-${day}`
}

/** `14:05` on the clock of `timeZone`. */
export function civilTime(instant: string | Date, timeZone: string): string {
  const { hour, minute } = wallClock(instant, timeZone)
  return `${hour}:${minute}`
}

export function partsOf(day: Day) {
  const match = dayPattern.exec(day)
  if (!match) throw new RangeError(`${day} is not a civil day`)
  return { year: Number(match[1]), month: Number(match[2]), date: Number(match[3]) }
}

function wallClock(instant: string | Date, timeZone: string) {
  const format = clockOf(timeZone)
  const parts = new Map(
    format.formatToParts(new Date(instant)).map((part) => [part.type, part.value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    year: part('year').padStart(4, '0'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  }
}

/** Making a format costs far more than using it, and a list asks for thousands of days. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string) {
  const known = clocks.get(timeZone)
  if (known) return known

  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  clocks.set(timeZone, format)
  return format
}

function dayOf(year: number, month: number, date: number): Day {
  return [String(year).padStart(4, '0'), twoDigits(month), twoDigits(date)].join('-')
}

function twoDigits(value: number) {
  return String(value).padStart(2, '0')
}

function toEpoch(day: Day): number {
  if (!isRealDay(day)) throw new RangeError(`${day} is not a civil day`)
  return Date.parse(`${day}T00:00:00Z`)
}

function fromEpoch(milliseconds: number): Day {
  return Number.isNaN(milliseconds) ? '' : new Date(milliseconds).toISOString().slice(0, 10)
}
