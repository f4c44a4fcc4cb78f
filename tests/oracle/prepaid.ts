// Prepaid time: money buys seconds, one stretch behind the other.

import {
  type Account,
  latest,
  type Payment,
  type Sale,
  type Service,
  serviceOf,
} from './account.ts'
import { type Books } from './books.ts'
import { type Command } from './commands.ts'
import { dayAt, type Day, instantOf } from './days.ts'
import { allocate, credit, issue, postingOf, takeCredit } from './invoices.ts'
import { setTerm } from './service.ts'
import { secondsFor } from './shares.ts'
import { type Plan } from './story.ts'

/** Time is sold at the price of the day it begins; a payment settles its invoice, or else credit does. */
export function sell(
  books: Books,
  owner: Account,
  service: Service,
  payment: Payment | null,
  { amount, at }: { amount: number; at: number },
) {
  const startsAt = Math.max(
    at,
    instantOf(books.zone, service.activatedOn),
    standingSales(service).at(-1)?.endsAt ?? 0,
  )
  const term = latest(service.terms, dayAt(books.zone, startsAt)) ?? service.terms[0]
  if (!term?.plan.days) throw new RangeError('No price for prepaid time')
  const seconds = secondsFor(amount, term.price, term.plan.days)
  const endsAt = startsAt + seconds * 1000
  const day = dayAt(books.zone, at)
  const line = {
    kind: 'prepaid_time',
    service: service.id,
    from: startsAt,
    until: endsAt,
    vatClass: term.plan.vatClass,
    total: amount,
    charge: null,
  }
  const invoice = issue(books, owner, [line], { day, dueOn: day })
  if (payment) allocate(owner, payment, invoice, amount, dayAt(books.zone, payment.receivedAt))
  else takeCredit(books, owner, invoice)
  service.sales.push({
    payment,
    invoice,
    amount,
    seconds,
    receivedAt: at,
    startsAt,
    endsAt,
    isCancelled: false,
  })
}

export function standingSales({ sales }: Service): Array<Sale> {
  return sales.filter(({ isCancelled }) => !isCancelled)
}

/** A sale that never was: its invoice is void, and what stands is where it would be without it. */
export function takeBackSale(books: Books, service: Service, sale: Sale, at: number) {
  sale.invoice.state = 'void'
  sale.invoice.balance = 0
  books.post(negated(postingOf(sale.invoice)))
  closeUp(books, service, sale, at)
}

/** Time that has not begun is given back: a credit note for what it cost. */
export function cancelTime(books: Books, owner: Account, command: Command & { do: 'cancel_time' }) {
  const service = serviceOf(owner, command.service)
  const sale = service.sales.find(({ invoice }) => invoice === owner.invoices[command.invoice])
  const line = sale?.invoice.lines[0]
  if (!sale || !line) throw new RangeError('No such sale')
  closeUp(books, service, sale, command.at)
  line.credited += sale.amount
  credit(books, owner, sale.invoice, [{ line, total: sale.amount }], dayAt(books.zone, command.at))
}

function closeUp(books: Books, service: Service, sale: Sale, at: number) {
  sale.isCancelled = true
  let end = instantOf(books.zone, service.activatedOn)
  for (const standing of standingSales(service)) {
    standing.startsAt = Math.max(end, standing.receivedAt)
    standing.endsAt = standing.startsAt + standing.seconds * 1000
    end = standing.endsAt
  }
  // A plan that waits behind the time begins when the time ends.
  const next = service.terms.at(-1)
  const before = service.terms.at(-2)
  if (!next || !before) return
  next.from = Math.min(next.from, Math.max(freeFrom(books, service, at), before.from + 1))
}

/** The day from which a service has no time left that was bought. */
export function freeFrom(books: Books, service: Service, at: number): Day {
  return dayAt(books.zone, Math.max(standingSales(service).at(-1)?.endsAt ?? 0, at))
}

/** A new plan of prepaid time begins where what was bought ends. */
export function changePrepaid(
  books: Books,
  service: Service,
  at: number,
  plan: Plan,
  priceOn: (day: Day) => number,
) {
  const from = Math.max(freeFrom(books, service, at), service.activatedOn)
  setTerm(service, { from, plan, price: priceOn(from) })
}

export function negated<T extends Record<string, number>>(posting: T) {
  return Object.fromEntries(Object.entries(posting).map(([code, amount]) => [code, -amount]))
}
