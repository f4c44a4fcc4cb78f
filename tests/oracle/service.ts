// One postpaid service, day by day: which line pays for which day, and what the next invoice has to say.

import { type Day, periodOf } from './days.ts'
import { type Invoice, type Line } from './account.ts'
import { reallyCharged } from './charges.ts'
import { parts, rounded } from './shares.ts'
import { type Plan } from './story.ts'

/** `agreed` is the price before one of the plan was followed. */
export type Term = { from: Day; plan: Plan; price: number; agreed: number }

/** A line that charged for days, and what became of them. */
export type Paid = {
  /** The invoice the line stands on. */
  invoice: Invoice
  line: Line
  from: Day
  until: Day
  term: Term
  amount: number
  /** What was given back of it, and by which invoice; null: by a credit note. */
  returned: Array<{ by: Invoice | null; from: Day; until: Day; amount: number }>
  keeps: Set<Day>
}

/** Days without service that are not billed; those between an end and a return have no id. */
export type Pause = { id: string | null; from: Day; until: Day }

export type ServiceDays = {
  activatedOn: Day
  endsOn: Day | null
  terms: Array<Term>
  pauses: Array<Pause>
  paid: Array<Paid>
  /** From here on, what is paid for is looked at again. */
  repairFrom: Day | null
}

export type DayLine = {
  kind: 'recurring' | 'proration'
  from: Day
  until: Day
  term: Term
  amount: number
  /** What it gives back, and of which line. */
  returns: Paid | null
}

type Range = { from: Day; until: Day; term: Term }

export function billedUntil(service: ServiceDays): Day {
  return Math.max(-Infinity, ...service.paid.map(({ until }) => until))
}

export function termOn(service: ServiceDays, day: Day): Term | undefined {
  return service.terms.filter(({ from }) => from <= day).at(-1)
}

/**
 * A new price of a plan reaches who has it: from the first period of the own calendar that begins on its day or later and is not billed.
 * Without a price, whoever followed one goes back to what was agreed.
 */
export function followPrice(
  service: ServiceDays,
  calendar: number,
  news: { plan: Plan; price: number | null; from: Day },
) {
  const day = Math.max(news.from, service.activatedOn, billedUntil(service))
  const period = periodOf(calendar, day)
  const begins = period.from === day ? period.from : period.until
  service.terms = service.terms.flatMap((term, at) => {
    const until = service.terms[at + 1]?.from ?? Infinity
    const price = news.price ?? term.agreed
    if (term.plan !== news.plan || term.price === price || until <= begins) return [term]
    const followed = { ...term, price, from: Math.max(term.from, begins) }
    return followed.from === term.from ? [followed] : [term, followed]
  })
}

/** Another plan or price from a day on, in place of whatever was planned from then. */
export function setTerm(service: ServiceDays, { from, plan, price }: Omit<Term, 'agreed'>) {
  const term = { from, plan, price, agreed: price }
  service.terms = service.terms.filter(({ from }) => from < term.from)
  const last = service.terms.at(-1)
  if (last?.plan !== term.plan || last.price !== term.price) service.terms.push(term)
}

export function lookAgain(service: ServiceDays, day: Day) {
  service.repairFrom = Math.min(service.repairFrom ?? day, day)
}

/** What the run of the period that begins `on` would say: days given back, days charged anew, the regular days. Changes nothing. */
export function propose(
  service: ServiceDays,
  calendar: number,
  first: Day,
  on: Day,
): Array<DayLine> {
  const billed = billedUntil(service)
  const ends = service.endsOn ?? Infinity
  const begins = Math.max(first, service.activatedOn)
  return [
    ...(service.repairFrom !== null && service.repairFrom < billed
      ? repairs(service, calendar, Math.max(service.repairFrom, begins), Math.min(billed, ends))
      : []),
    ...regular(
      service,
      calendar,
      Math.max(begins, billed),
      Math.min(periodOf(calendar, on).until, ends),
    ),
  ]
}

/** Days of service up to the last one billed that lie under no line, or under several; what waits to be looked at again is left out. */
export function daysNotOnce(service: ServiceDays, first: Day): Array<Day> {
  const until = Math.min(
    billedUntil(service),
    service.endsOn ?? Infinity,
    service.repairFrom ?? Infinity,
  )
  const wrong: Array<Day> = []
  for (let day = Math.max(first, service.activatedOn); day < until; day += 1) {
    const count = service.paid.filter(({ keeps }) => keeps.has(day)).length
    if (count !== (isPaused(service, day) ? 0 : 1)) wrong.push(day)
  }
  return wrong
}

/** Days are given back by an invoice, or by credit notes. */
export function giveBack(lines: ReadonlyArray<DayLine>, by: Invoice | null = null) {
  for (const { from, until, amount, returns } of lines) {
    if (!returns) continue
    returns.returned.push({ by, from, until, amount: -amount })
    if (by) returns.line.given -= amount
    for (let day = from; day < until; day += 1) returns.keeps.delete(day)
  }
}

/** The proposal became an invoice, each of these days the line beside it. */
export function settle(
  service: ServiceDays,
  lines: ReadonlyArray<DayLine>,
  invoice: Invoice,
  stood: ReadonlyArray<Line>,
) {
  giveBack(lines, invoice)
  for (const [at, { from, until, term, amount, returns }] of lines.entries()) {
    const line = stood[at]
    if (!line) throw new RangeError('A line is missing')
    if (returns) continue
    const keeps = daysOf(from, until)
    service.paid.push({ invoice, line, from, until, term, amount, returned: [], keeps })
  }
  service.repairFrom = null
}

/** A void invoice charged for no day and gave none back: its days are looked at again. */
export function forget(service: ServiceDays, invoice: Invoice) {
  const gone = service.paid.filter((paid) => paid.invoice === invoice)
  service.paid = service.paid.filter((paid) => paid.invoice !== invoice)
  const days = gone.map(({ from }) => from)
  for (const paid of service.paid) {
    for (const { by, from, until, amount } of paid.returned) {
      if (by !== invoice) continue
      paid.line.given -= amount
      days.push(from)
      for (let day = from; day < until; day += 1) paid.keeps.add(day)
    }
    paid.returned = paid.returned.filter(({ by }) => by !== invoice)
  }
  if (days.length > 0) lookAgain(service, Math.min(...days))
}

function regular(service: ServiceDays, calendar: number, from: Day, until: Day): Array<DayLine> {
  const lines: Array<DayLine> = []
  for (let day = from; day < until;) {
    const period = periodOf(calendar, day)
    const end = Math.min(period.until, until)
    const ranges = rangesOf(
      day,
      end,
      (one) => (isPaused(service, one) ? undefined : termOn(service, one)),
      (a, b) => isSame(a, b) && a.agreed === b.agreed,
    )
    const amounts = parts(ranges.map(weightOf), BigInt(period.until - period.from))
    lines.push(
      ...ranges.map((range, at) => ({
        ...range,
        kind: at === 0 ? ('recurring' as const) : ('proration' as const),
        amount: amounts[at] ?? 0,
        returns: null,
      })),
    )
    day = end
  }
  return lines
}

function repairs(service: ServiceDays, calendar: number, from: Day, until: Day): Array<DayLine> {
  const wanted = (day: Day) =>
    day >= from && day < until && !isPaused(service, day) ? termOn(service, day) : undefined
  const stays = (paid: Paid, day: Day) => day < from || isSame(wanted(day), paid.term)
  const looksFrom = periodOf(calendar, from).from
  const lines = service.paid.filter((paid) => paid.until > looksFrom)

  const returns = lines.flatMap((paid) => {
    const gone = rangesOf(paid.from, paid.until, (day) =>
      paid.keeps.has(day) && !stays(paid, day) ? paid.term : undefined,
    )
    if (gone.length === 0) return []
    const stayCount = [...paid.keeps].filter((day) => stays(paid, day)).length
    const charged = reallyCharged(paid.invoice, paid.line)
    const keeps = rounded(BigInt(charged) * BigInt(stayCount), BigInt(paid.until - paid.from))
    const returned = paid.returned.reduce((whole, one) => whole + one.amount, 0)
    const amount = Math.max(0, charged - returned - Number(keeps))
    const shares = shared(
      amount,
      gone.map((range) => BigInt(range.until - range.from)),
    )
    return gone.map((range, at) => ({
      ...range,
      kind: 'proration' as const,
      amount: -(shares[at] ?? 0),
      returns: paid,
    }))
  })

  const standing = lines.map((paid) => ({
    paid,
    days: [...paid.keeps].filter((day) => stays(paid, day)),
  }))
  const under = new Set(standing.flatMap(({ days }) => days))
  const anew: Array<DayLine> = []
  for (let day = looksFrom; day < until; day = periodOf(calendar, day).until) {
    const period = periodOf(calendar, day)
    const ranges = rangesOf(period.from, period.until, (one) =>
      under.has(one) ? undefined : wanted(one),
    )
    if (ranges.length === 0) continue
    const length = BigInt(period.until - period.from)
    const within = standing
      .map(({ paid, days }) => ({
        paid,
        count: days.filter((one) => one >= period.from && one < period.until).length,
      }))
      .filter(({ count }) => count > 0)
    const stayWeight = total(
      within.map(({ paid, count }) => BigInt(paid.term.price) * BigInt(count)),
    )
    const stayPart = Number(rounded(stayWeight, length))
    const kept = Number(
      total(
        within.map(({ paid, count }) =>
          rounded(BigInt(paid.amount) * BigInt(count), BigInt(paid.until - paid.from)),
        ),
      ),
    )
    // Lines that lie across the period, after a change of the bill day, count at their price.
    const isWithin = within.every(
      ({ paid }) => paid.from >= period.from && paid.until <= period.until,
    )
    const counts = isWithin && Math.abs(kept - stayPart) <= within.length ? kept : stayPart
    const whole = Number(rounded(stayWeight + total(ranges.map(weightOf)), length))
    const shares = shared(Math.max(0, whole - counts), ranges.map(weightOf))
    anew.push(
      ...ranges.map((range, at) => ({
        ...range,
        kind: 'proration' as const,
        amount: shares[at] ?? 0,
        returns: null,
      })),
    )
  }

  return [...returns.sort(byFrom), ...anew.sort(byFrom)]
}

/** Unbroken stretches of days of one plan and price, or of one entry in the history of terms. */
function rangesOf(
  from: Day,
  until: Day,
  term: (day: Day) => Term | undefined,
  isOne: (a: Term, b: Term) => boolean = isSame,
): Array<Range> {
  const ranges: Array<Range> = []
  for (let day = from; day < until; day += 1) {
    const here = term(day)
    if (!here) continue
    const last = ranges.at(-1)
    if (last?.until === day && isOne(last.term, here)) last.until = day + 1
    else ranges.push({ from: day, until: day + 1, term: here })
  }
  return ranges
}

function isPaused({ pauses }: ServiceDays, day: Day) {
  return pauses.some(({ from, until }) => from <= day && day < until)
}

function isSame(a: Term | undefined, b: Term) {
  return a?.plan === b.plan && a.price === b.price
}

function weightOf({ from, until, term }: Range) {
  return BigInt(term.price) * BigInt(until - from)
}

function shared(amount: number, weights: ReadonlyArray<bigint>) {
  return parts(
    weights.map((weight) => BigInt(amount) * weight),
    total(weights),
  )
}

function total(values: ReadonlyArray<bigint>) {
  return values.reduce((sum, value) => sum + value, 0n)
}

function daysOf(from: Day, until: Day) {
  return new Set(Array.from({ length: until - from }, (_, at) => from + at))
}

function byFrom(a: DayLine, b: DayLine) {
  return a.from - b.from
}
