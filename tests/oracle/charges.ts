// What an invoice takes besides the days of services: charges, sums in parts, fees, and the discounts on it.

import { type Account, type Invoice, type Line, type NewLine, sum } from './account.ts'
import { type Books } from './books.ts'
import { type Command } from './commands.ts'
import { dayAt, type Day } from './days.ts'
import { issue, takeCredit } from './invoices.ts'
import { parts, rounded } from './shares.ts'
import { type Plan } from './story.ts'

export type Charge = {
  id: string | null
  kind: 'one_time' | 'discount' | 'late_fee' | 'deposit'
  /** Of one service; a discount then lowers only what that service costs. */
  service: string | null
  /** Handed out by a plan: of what that plan costs. */
  plan: Plan | null
  /** Above zero, also of a discount. */
  amount: number | null
  percentBp: number | null
  parts: number | null
  /** How many invoices still take it; null: all. */
  left: number | null
  isConditional: boolean
  vatClass: Plan['vatClass']
  startsOn: Day
  untilOn: Day | null
  isCancelled: boolean
  taken: Array<{ invoice: Invoice; amount: number }>
}

/** When an invoice takes what waits: the day of its period, and today. */
export type Occasion = { on: Day; today: Day }

export function isWaiting({ left, isCancelled }: Charge) {
  return left !== 0 && !isCancelled
}

export function isDue(charge: Charge, { on, today }: Occasion) {
  return (
    isWaiting(charge) &&
    charge.startsOn <= Math.max(today, on) &&
    (charge.untilOn === null || charge.untilOn > on)
  )
}

/** What an invoice of that occasion takes. */
export function dueOf(charges: ReadonlyArray<Charge>, occasion: Occasion): Array<Charge> {
  return charges
    .filter(({ kind, isConditional }) => kind !== 'deposit' && !isConditional)
    .filter((charge) => isDue(charge, occasion))
}

/** What comes once a period came in this one: the last invoice does not ask it a second time. */
export function isTakenIn({ kind, parts, taken }: Charge, period: { from: Day; until: Day }) {
  if (kind !== 'one_time' || parts !== null) return false
  return taken.some(({ invoice: { state, period: of } }) => {
    return state !== 'void' && of !== null && of >= period.from && of < period.until
  })
}

type DayOfPlan = NewLine & { plan: Plan }

/** The lines the charges make beside these lines of days, and the discounts of both, which lower no class of VAT below zero. */
export function chargeLines(
  charges: ReadonlyArray<Charge>,
  days: ReadonlyArray<DayOfPlan>,
  isLast: boolean,
): Array<NewLine> {
  const extra = charges
    .filter(({ kind }) => kind !== 'discount')
    .map((charge) => lineOfCharge(charge, isLast ? restOf(charge) : nextPart(charge)))
    .filter(({ total }) => total !== 0)
  const room = byClass([...days, ...extra])
  const off = charges
    .filter(({ kind }) => kind === 'discount')
    .flatMap((charge) => discountLines(charge, days, extra, room))
  return [...extra, ...off].sort((a, b) => compare(placeOf(a, charges), placeOf(b, charges)))
}

/** A discount is rounded once and shared by the classes it is of; it takes what room earlier ones left. */
function discountLines(
  charge: Charge,
  days: ReadonlyArray<DayOfPlan>,
  extra: ReadonlyArray<NewLine>,
  room: Map<Plan['vatClass'], number>,
): Array<NewLine> {
  const isOfAll = charge.percentBp === null && charge.service === null
  const of = byClass(isOfAll ? [...days, ...extra] : discounted(charge, days))
  const base = sum([...of.values()])
  if (base === 0) return []
  const whole =
    charge.percentBp === null ? Math.min(nextPart(charge), base) : partOf(base, charge.percentBp)
  const classes = [...of.keys()].sort()
  const shares = parts(
    classes.map((one) => BigInt(whole) * BigInt(of.get(one) ?? 0)),
    BigInt(base),
  )
  return classes.flatMap((vatClass, at) => {
    const taken = Math.min(shares[at] ?? 0, room.get(vatClass) ?? 0)
    room.set(vatClass, (room.get(vatClass) ?? 0) - taken)
    return taken > 0 ? [{ ...lineOfCharge(charge, -taken), vatClass }] : []
  })
}

function byClass(lines: ReadonlyArray<NewLine>): Map<Plan['vatClass'], number> {
  const sums = new Map<Plan['vatClass'], number>()
  for (const { vatClass, total } of lines) {
    if (total > 0) sums.set(vatClass, (sums.get(vatClass) ?? 0) + total)
  }
  return sums
}

/** By service, those of the subscriber last; then as they were made. */
function placeOf({ service, charge, vatClass }: NewLine, charges: ReadonlyArray<Charge>) {
  const nth = String(charge ? charges.indexOf(charge) : 0).padStart(6, '0')
  return [service ?? '~', nth, vatClass].join()
}

function compare(a: string, b: string) {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The days a discount in percent, of a service or of a plan is of; what is given back came at what it really cost. */
function discounted(charge: Charge, days: ReadonlyArray<DayOfPlan>): Array<DayOfPlan> {
  return days
    .filter(({ total }) => total > 0)
    .filter(({ service }) => charge.service === null || service === charge.service)
    .filter(({ plan }) => charge.plan === null || plan === charge.plan)
}

export function costOf(charge: Charge, days: ReadonlyArray<DayOfPlan>): number {
  return sum(discounted(charge, days).map(({ total }) => total))
}

/** A sum in parts: what is left of it among the parts that are left, the earlier takes the odd unit. */
export function nextPart(charge: Charge): number {
  return charge.parts === null ? restOf(charge) : Math.ceil(restOf(charge) / (charge.left ?? 1))
}

/** What invoices have not taken yet of a sum; of what comes again and again, all of it. */
export function restOf({ amount, parts, taken }: Charge): number {
  if (parts === null) return amount ?? 0
  const standing = taken.filter(({ invoice }) => invoice.state !== 'void')
  return (amount ?? 0) - sum(standing.map((one) => Math.abs(one.amount)))
}

export function lineOfCharge(charge: Charge, total: number): NewLine {
  const { kind, service, vatClass } = charge
  return { kind, service, from: null, until: null, vatClass, total, charge }
}

/** An invoice took what these lines are of; of a sum given once, what it had no room for waits for the next. */
export function takeCharges(invoice: Invoice) {
  for (const charge of new Set(invoice.lines.flatMap((line) => line.charge ?? []))) {
    const amount = sum(
      invoice.lines.filter((line) => line.charge === charge).map(({ total }) => total),
    )
    if (charge.parts !== null && Math.abs(amount) === restOf(charge)) charge.left = 0
    else if (charge.left !== null && charge.parts !== 1) charge.left -= 1
    charge.taken.push({ invoice, amount })
  }
}

/** A void invoice took nothing. */
export function leaveCharges(owner: Account, invoice: Invoice) {
  for (const charge of owner.charges) {
    if (charge.left === null || charge.isCancelled) continue
    for (const { amount } of charge.taken.filter((one) => one.invoice === invoice)) {
      charge.left += partsIn(charge, Math.abs(amount))
    }
    charge.left = Math.min(charge.left, charge.parts ?? charge.left)
  }
}

/** The last invoice of a service takes several parts at once. */
function partsIn({ amount, parts }: Charge, taken: number): number {
  if (parts === null || amount === null) return 1
  return Math.max(1, Number(rounded(BigInt(taken) * BigInt(parts), BigInt(amount))))
}

export function partOf(amount: number, bp: number): number {
  return Number(rounded(BigInt(amount) * BigInt(bp), 10_000n))
}

/** What a line of service really charged: less its share of the discounts on its invoice, of credit notes by hand and of a bad debt. */
export function reallyCharged(invoice: Invoice, line: Line): number {
  const ofService = (one: Line) => one.service === line.service
  const days = invoice.lines.filter(({ charge, total }) => charge === null && total > 0)
  const discounts = invoice.lines.filter(({ kind }) => kind === 'discount')
  const all = invoice.lines.filter(({ total }) => total > 0)
  const shares = [
    { off: discounts.filter(ofService), among: days.filter(ofService) },
    { off: discounts.filter((one) => isOfAllDays(one)), among: days },
    {
      off: discounts.filter((one) => one.service === null && !isOfAllDays(one)),
      among: all,
    },
    { off: [{ total: -invoice.givenUp }], among: all },
  ]
  let over = BigInt(line.total - line.credited)
  let under = 1n
  for (const { off, among } of shares) {
    const whole = BigInt(sum(among.map(({ total }) => total)))
    if (whole === 0n) continue
    over = over * whole + BigInt(sum(off.map(({ total }) => total))) * BigInt(line.total) * under
    under *= whole
  }
  return Math.max(0, Number(rounded(over, under)))
}

function isOfAllDays({ service, charge }: Line) {
  return service === null && charge?.percentBp != null
}

export function saveCharge(owner: Account, command: Command & { do: 'charge' }) {
  const { id, kind, service, amount, percentBp, times, isConditional } = command
  owner.charges.push({
    id,
    kind,
    service,
    plan: null,
    amount,
    percentBp,
    // A discount of a sum, given once, is given whole.
    parts: isGivenOnce(command) ? 1 : command.parts,
    left: kind === 'deposit' ? 1 : times === 0 ? null : times,
    isConditional,
    vatClass: command.vatClass,
    startsOn: command.startsOn,
    untilOn: command.untilOn,
    isCancelled: false,
    taken: [],
  })
}

function isGivenOnce(command: Command & { do: 'charge' }) {
  const { kind, amount, times, untilOn, isConditional } = command
  return kind === 'discount' && amount !== null && times === 1 && untilOn === null && !isConditional
}

export function chargeOf(owner: Account, id: string): Charge {
  const charge = owner.charges.find((one) => one.id === id)
  if (!charge) throw new RangeError('No such charge')
  return charge
}

/** One charge on an invoice of its own, today. */
export function billCharge(
  books: Books,
  owner: Account,
  { charge: id, at }: Command & { do: 'bill_charge' },
  dueDays: number,
) {
  const charge = chargeOf(owner, id)
  const day = dayAt(books.zone, at)
  const invoice = issue(books, owner, [lineOfCharge(charge, nextPart(charge))], {
    day,
    dueOn: day + dueDays,
  })
  takeCharges(invoice)
  takeCredit(books, owner, invoice)
}
