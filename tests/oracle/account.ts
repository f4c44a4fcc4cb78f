// What stands for one subscriber: services, invoices, payments and what settles what.

import { type Code } from './books.ts'
import { type Charge } from './charges.ts'
import { type Day, instantOf } from './days.ts'
import { type Offer } from './offers.ts'
import { type DayLine, type ServiceDays } from './service.ts'
import { type Plan } from './story.ts'

export type Line = {
  kind: string
  service: string | null
  from: number | null
  until: number | null
  vatClass: Plan['vatClass']
  total: number
  vat: number
  /** What was credited of it by hand, and what was given back of it in all. */
  credited: number
  given: number
  /** The charge or discount it is a part of. */
  charge: Charge | null
}

export type NewLine = Omit<Line, 'vat' | 'credited' | 'given'>

export type Invoice = {
  period: Day | null
  issuedOn: Day
  dueOn: Day
  rateBp: number
  total: number
  vat: number
  balance: number
  state: 'open' | 'paid' | 'written_off' | 'void'
  lines: Array<Line>
  notes: Array<CreditNote>
  /** What of it was given up as a bad debt. */
  givenUp: number
}

export type WriteOff = { invoice: Invoice; amount: number; recovered: number }

/** `credit` of it the invoice has no room for: it gave back days of others and came to less than its lines charged. */
export type CreditNote = {
  issuedOn: Day
  total: number
  vatable: number
  vat: number
  credit: number
}

/** `payment` null: the subscriber's credit, or a discount that was earned. */
export type Allocation = {
  payment: Payment | null
  invoice: Invoice
  amount: number
  /** The day on which its money came. */
  on: Day
  offer: Offer | null
}

export type Sale = {
  payment: Payment | null
  invoice: Invoice
  amount: number
  seconds: number
  receivedAt: number
  startsAt: number
  endsAt: number
  isCancelled: boolean
}

export type Service = ServiceDays & {
  id: string
  mode: Plan['mode']
  /** The day of the month of its own calendar; null: the tenant's. */
  dayOfMonth: number | null
  sales: Array<Sale>
}

export type Payment = {
  id: string
  amount: number
  method: Method
  receivedAt: number
  /** Where its money stands in the books. */
  money: Code
  refunded: number
  recovered: Array<{ writeOff: WriteOff; amount: number }>
  /** The deposit it brought, and the charge that asked for it. */
  deposit: { amount: number; charge: Charge | null } | null
  isVoid: boolean
}

export type Method = 'cash' | 'gcash' | 'bank' | 'cheque' | 'withholding'

export type Account = {
  services: Array<Service>
  payments: Array<Payment>
  invoices: Array<Invoice>
  allocations: Array<Allocation>
  charges: Array<Charge>
  offers: Array<Offer>
  writeOffs: Array<WriteOff>
  credit: number
  deposit: number
}

export function newAccount(): Account {
  return {
    services: [],
    payments: [],
    invoices: [],
    allocations: [],
    charges: [],
    offers: [],
    writeOffs: [],
    credit: 0,
    deposit: 0,
  }
}

export function paymentOf(owner: Account, id: string): Payment {
  const payment = owner.payments.find((one) => one.id === id)
  if (!payment) throw new RangeError('No such payment')
  return payment
}

export function serviceOf(owner: Account, id: string): Service {
  const service = owner.services.find((one) => one.id === id)
  if (!service) throw new RangeError('No such service')
  return service
}

/** What is open, oldest due date first; of one day, the one made first. */
export function openInvoices({ invoices }: Account): Array<Invoice> {
  return invoices
    .filter(({ state, balance }) => state === 'open' && balance > 0)
    .sort((a, b) => a.dueOn - b.dueOn)
}

/** Whether an invoice is the sale of prepaid time. */
export function isSale({ services }: Account, invoice: Invoice): boolean {
  return services.some(({ sales }) => sales.some((sale) => sale.invoice === invoice))
}

/** The line of an invoice that a proposed stretch of days becomes. */
export function lineOf(zone: string, service: Service, day: DayLine): NewLine {
  const { vatClass } = day.term.plan
  return {
    kind: day.kind,
    service: service.id,
    from: instantOf(zone, day.from),
    until: instantOf(zone, day.until),
    // What carried no VAT gives none back.
    vatClass: day.returns?.invoice.rateBp === 0 && vatClass === 'vatable' ? 'exempt' : vatClass,
    total: day.amount,
    charge: null,
  }
}

/** Neither an invoice nor its VAT is below nothing, and one of nothing has no VAT. */
export function isWorth(lines: ReadonlyArray<NewLine>) {
  const whole = sum(lines.map(({ total }) => total))
  const vatable = sum(vatableOf(lines).map(({ total }) => total))
  return vatable >= 0 && (whole > 0 || (whole === 0 && vatable === 0))
}

export function vatableOf<T extends { vatClass: string }>(lines: ReadonlyArray<T>): Array<T> {
  return lines.filter(({ vatClass }) => vatClass === 'vatable')
}

export function sum(amounts: ReadonlyArray<number>): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

/** The version in force on a day. */
export function latest<T extends { from: Day }>(
  versions: ReadonlyArray<T>,
  day: Day,
): T | undefined {
  return versions.filter(({ from }) => from <= day).at(-1)
}
