// Discounts for paying on time: an offer beside an invoice, earned by what was received by its due day. VAT never moves.

import { type Account, type Allocation, type Invoice, type NewLine, sum } from './account.ts'
import { type Books } from './books.ts'
import { type Charge, costOf, isDue, partOf } from './charges.ts'
import { type Day } from './days.ts'
import { allocate, takeBack } from './invoices.ts'
import { type Plan } from './story.ts'

export type Offer = {
  invoice: Invoice
  amount: number
  payBy: Day
  /** What of it settles the invoice; null: not earned, or all of it became credit. */
  allocation: Allocation | null
  isEarned: boolean
}

/** What the invoice of a run offers to who pays by its due day. */
export function offer(
  owner: Account,
  invoice: Invoice,
  days: ReadonlyArray<NewLine & { plan: Plan }>,
  on: Day,
) {
  for (const charge of owner.charges) {
    if (!charge.isConditional || !isDue(charge, { on, today: invoice.issuedOn })) continue
    const amount = offered(charge, days, invoice.total)
    if (amount <= 0) continue
    if (charge.left !== null) charge.left -= 1
    charge.taken.push({ invoice, amount: -amount })
    owner.offers.push({ invoice, amount, payBy: invoice.dueOn, allocation: null, isEarned: false })
  }
}

function offered(charge: Charge, days: ReadonlyArray<NewLine & { plan: Plan }>, total: number) {
  const cost = costOf(charge, days)
  const amount =
    charge.percentBp === null ? Math.min(charge.amount ?? 0, cost) : partOf(cost, charge.percentBp)
  return Math.min(total, amount)
}

/** Grants what was earned by now, and takes back what is earned no longer. */
export function settleOffers(books: Books, owner: Account, today: Day) {
  for (const one of owner.offers) {
    if (isOnTime(owner, one) === one.isEarned) continue
    if (!one.isEarned) {
      const settles = Math.min(one.invoice.balance, one.amount)
      one.allocation = allocate(owner, null, one.invoice, settles, today, one)
      post(books, owner, one.amount, settles)
    } else {
      const settles = one.allocation ? takeBack(one.allocation) : 0
      one.allocation = null
      post(books, owner, -one.amount, -settles)
    }
    one.isEarned = !one.isEarned
  }
}

function post(books: Books, owner: Account, amount: number, settles: number) {
  owner.credit += amount - settles
  books.post({
    prompt_discounts: amount,
    subscriber_receivable: -settles,
    subscriber_credit: settles - amount,
  })
}

/** The offers beside one invoice are earned together. */
function isOnTime({ allocations, offers }: Account, { invoice, payBy }: Offer) {
  if (invoice.state === 'void') return false
  const received = allocations.filter(
    (one) => one.invoice === invoice && one.offer === null && one.on <= payBy,
  )
  const credited = invoice.notes.filter(({ issuedOn }) => issuedOn <= payBy)
  return (
    sum(received.map((one) => one.amount)) +
      sum(credited.map(({ total, credit }) => total - credit)) >=
    invoice.total - sum(offers.filter((one) => one.invoice === invoice).map(({ amount }) => amount))
  )
}
