// The oracle's own calendar: a day is a whole number, 0 is 1 January 1970. No string, no Date, nothing of the product's.

export type Day = number

const DAY_MILLISECONDS = 86_400_000

export function dayOf(year: number, month: number, date: number): Day {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  const days = ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear
  return era * 146_097 + days - 719_468
}

export function partsOf(day: Day) {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

export function isLeap(year: number) {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export function monthLength(year: number, month: number) {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function write(day: Day): string {
  const { year, month, date } = partsOf(day)
  return [String(year).padStart(4, '0'), two(month), two(date)].join('-')
}

export function read(text: string): Day {
  const [year = 0, month = 0, date = 0] = text.slice(0, 10).split('-').map(Number)
  return dayOf(year, month, date)
}

/** The boundary of a calendar in a month: its day of the month, or the last where the month is too short. */
function boundaryIn(dayOfMonth: number, year: number, month: number): Day {
  return dayOf(year, month, Math.min(dayOfMonth, monthLength(year, month)))
}

/** The period a day lies in. A calendar is no more than a day of the month; 31 is the last. */
export function periodOf(dayOfMonth: number, day: Day): { from: Day; until: Day } {
  const { year, month } = partsOf(day)
  const here = boundaryIn(dayOfMonth, year, month)
  if (here <= day) {
    return { from: here, until: boundaryIn(dayOfMonth, ...following(year, month)) }
  }
  return { from: boundaryIn(dayOfMonth, ...preceding(year, month)), until: here }
}

/** The instant of a wall clock in a zone, in milliseconds. */
export function instantOf(zone: string, day: Day, second = 0): number {
  const wall = day * DAY_MILLISECONDS + second * 1000
  const guess = wall - offsetAt(zone, wall)
  const better = wall - offsetAt(zone, guess)
  return better
}

/** The civil day of an instant on the wall of a zone. */
export function dayAt(zone: string, instant: number): Day {
  return Math.floor((instant + offsetAt(zone, instant)) / DAY_MILLISECONDS)
}

const offsets = new Map<string, Intl.DateTimeFormat>()

function offsetAt(zone: string, instant: number): number {
  const format =
    offsets.get(zone) ??
    new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  offsets.set(zone, format)
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value
  const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '')
  const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0)
  return (match?.[1] === '-' ? -minutes : minutes) * 60_000
}

function following(year: number, month: number): [number, number] {
  return month === 12 ? [year + 1, 1] : [year, month + 1]
}

function preceding(year: number, month: number): [number, number] {
  return month === 1 ? [year - 1, 12] : [year, month - 1]
}

function two(value: number) {
  return String(value).padStart(2, '0')
}
