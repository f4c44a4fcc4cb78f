// Prepaid time: money buys seconds, one stretch behind the other.

import { type Account, latest, type Payment, type Sale, type Service } from './account.ts'
import { type Books } from './books.ts'
import { dayAt, instantOf } from './days.ts'
import { allocate, issue, postingOf } from './invoices.ts'
import { secondsFor } from './shares.ts'

export function sell(
  books: Books,
  owner: Account,
  service: Service,
  payment: Payment,
  { amount, at }: { amount: number; at: number },
) {
  const day = dayAt(books.zone, at)
  const term = latest(service.terms, day) ?? service.terms[0]
  if (!term?.plan.days) throw new RangeError('No price for prepaid time')
  const startsAt = Math.max(
    at,
    instantOf(books.zone, service.activatedOn),
    service.sales.filter(({ isCancelled }) => !isCancelled).at(-1)?.endsAt ?? 0,
  )
  const seconds = secondsFor(amount, term.price, term.plan.days)
  const endsAt = startsAt + seconds * 1000
  const line = {
    kind: 'prepaid_time',
    service: service.id,
    from: startsAt,
    until: endsAt,
    vatClass: term.plan.vatClass,
    total: amount,
  }
  const invoice = issue(books, owner, [line], { day, dueOn: day })
  allocate(owner, payment.id, invoice, amount)
  service.sales.push({
    payment: payment.id,
    invoice,
    amount,
    seconds,
    receivedAt: at,
    startsAt,
    endsAt,
    isCancelled: false,
  })
}

/** A sale that never was: its invoice is void, and what stands is where it would be without it. */
export function takeBackSale(books: Books, service: Service, sale: Sale) {
  sale.invoice.state = 'void'
  sale.invoice.balance = 0
  books.post(negated(postingOf(sale.invoice)))
  closeUp(books, service, sale)
}

function closeUp(books: Books, { sales, activatedOn }: Service, sale: Sale) {
  sale.isCancelled = true
  let end = instantOf(books.zone, activatedOn)
  for (const standing of sales.filter(({ isCancelled }) => !isCancelled)) {
    standing.startsAt = Math.max(end, standing.receivedAt)
    standing.endsAt = standing.startsAt + standing.seconds * 1000
    end = standing.endsAt
  }
}

export function negated<T extends Record<string, number>>(posting: T) {
  return Object.fromEntries(Object.entries(posting).map(([code, amount]) => [code, -amount]))
}
