// Discounts for paying on time: an offer beside an invoice, earned by what was received by its due day. VAT never moves.

import { type Account, type Allocation, type Invoice, type NewLine, sum } from './account.ts'
import { type Books } from './books.ts'
import { type Charge, costOf, isDue, partOf } from './charges.ts'
import { type Day } from './days.ts'
import { allocate, release, releaseInvoice, spendCredit, takeBack } from './invoices.ts'
import { type Plan } from './story.ts'

export type Offer = {
  invoice: Invoice
  amount: number
  payBy: Day
  earned: number
  /** What of it settles the invoice; null: not earned, or all of it became credit. */
  allocation: Allocation | null
}

/** What the invoice of a run offers to who pays by its due day. */
export function offer(
  owner: Account,
  invoice: Invoice,
  days: ReadonlyArray<NewLine & { plan: Plan }>,
  on: Day,
) {
  let room = invoice.total
  for (const charge of owner.charges) {
    if (!charge.isConditional || !isDue(charge, { on, today: invoice.issuedOn })) continue
    const amount = Math.min(room, wished(charge, days))
    if (amount <= 0) continue
    room -= amount
    if (charge.left !== null) charge.left -= 1
    charge.taken.push({ invoice, amount: -amount })
    owner.offers.push({ invoice, amount, payBy: invoice.dueOn, earned: 0, allocation: null })
  }
}

function wished(charge: Charge, days: ReadonlyArray<NewLine & { plan: Plan }>) {
  const cost = costOf(charge, days)
  return charge.percentBp === null
    ? Math.min(charge.amount ?? 0, cost)
    : partOf(cost, charge.percentBp)
}

/** Grants what was earned by now, and takes back what is earned no longer; says whether anything changed. */
export function settleOffers(books: Books, owner: Account, today: Day): boolean {
  const changes = owner.offers
    .map((one) => ({ one, earns: earningsOf(owner, one) }))
    .filter(({ one, earns }) => earns !== one.earned)
  for (const { one, earns } of changes) {
    const { invoice, earned, allocation } = one
    one.earned = earns
    if (earns > earned) {
      const settles = Math.min(invoice.balance, earns)
      one.allocation = allocate(owner, null, invoice, settles, today, one)
      post(books, owner, earns, settles)
      continue
    }
    const back = Math.max(0, (allocation?.amount ?? 0) - earns)
    if (allocation && back > 0) takeBack(allocation, back)
    if (earns === 0) one.allocation = null
    post(books, owner, earns - earned, -back)
    callBack(books, owner)
    releaseInvoice(books, owner, invoice, Math.min(-owner.credit, earned - earns - back))
  }
  return changes.length > 0
}

/** After any money moved: the offers as they stand now, what is missing called back, and no credit beside what it could pay. */
export function reconsider(books: Books, owner: Account, today: Day) {
  for (;;) {
    const isChanged = settleOffers(books, owner, today)
    if (owner.credit < 0) {
      callBack(books, owner)
      if (owner.credit < 0) throw new RangeError('Credit that is gone cannot be taken back')
      continue
    }
    const before = owner.credit
    spendCredit(books, owner, today)
    if (!isChanged && owner.credit === before) return
  }
}

/** So much credit as is missing is given back by the newest invoices that took any. */
function callBack(books: Books, owner: Account) {
  for (const taken of [...owner.allocations].reverse()) {
    if (owner.credit >= 0) return
    if (taken.payment === null) release(books, owner, taken, Math.min(taken.amount, -owner.credit))
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

/**
 * The offers beside one invoice are earned together, once no more than they take off is open of what credit notes left; they take off no
 * more than that. A debt that was given up earns nothing any more.
 */
function earningsOf({ allocations, offers }: Account, offer: Offer): number {
  const { invoice, payBy, amount } = offer
  if (invoice.state === 'void') return 0
  const beside = offers.filter((one) => one.invoice === invoice)
  const received = allocations.filter(
    (one) => one.invoice === invoice && one.offer === null && one.on <= payBy,
  )
  const rest = invoice.total - sum(invoice.notes.map(({ total, credit }) => total - credit))
  const open = rest - sum(received.map((one) => one.amount))
  if (open > sum(beside.map((one) => one.amount))) return 0
  if (offer.earned === 0 && invoice.givenUp > 0) return 0
  const before = sum(beside.slice(0, beside.indexOf(offer)).map((one) => one.amount))
  return Math.max(0, Math.min(amount, rest - before))
}
