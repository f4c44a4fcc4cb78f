// Invoices and what settles them: issue, allocation, credit, credit notes.

import {
  type Account,
  type Allocation,
  type Invoice,
  type Line,
  type NewLine,
  openInvoices,
  type Payment,
  sum,
  vatableOf,
} from './account.ts'
import { type Books } from './books.ts'
import { type Day } from './days.ts'
import { type Offer, reconsider } from './offers.ts'
import { rounded, vatOf } from './shares.ts'

export function issue(
  books: Books,
  to: Account,
  lines: ReadonlyArray<NewLine>,
  { day, dueOn, period = null }: { day: Day; dueOn: Day; period?: Day | null },
): Invoice {
  const rateBp = books.rateOn(day)
  const vatable = vatableOf(lines)
  const vats = vatOf(
    vatable.map(({ total }) => total),
    rateBp,
  )
  const withVat = lines.map((line) => ({
    ...line,
    credited: 0,
    given: 0,
    vat: line.vatClass === 'vatable' ? (vats[vatable.indexOf(line)] ?? 0) : 0,
  }))
  const total = sum(lines.map((line) => line.total))
  const vat = sum(withVat.map((line) => line.vat))
  const invoice: Invoice = {
    period,
    issuedOn: day,
    dueOn,
    rateBp,
    total,
    vat,
    balance: total,
    state: total === 0 ? 'paid' : 'open',
    lines: withVat,
    notes: [],
    givenUp: 0,
  }
  to.invoices.push(invoice)
  books.post(postingOf(invoice))
  return invoice
}

/** What an invoice does to the books; a late fee is other income. */
export function postingOf({ total, vat, lines }: Invoice) {
  const fees = sum(
    lines.filter(({ kind }) => kind === 'late_fee').map((line) => line.total - line.vat),
  )
  return {
    subscriber_receivable: total,
    revenue: vat + fees - total,
    other_income: -fees,
    output_vat: -vat,
  }
}

/** Something of an invoice is settled by money that came on a day. */
export function allocate(
  to: Account,
  payment: Payment | null,
  invoice: Invoice,
  amount: number,
  on: Day,
  offer: Offer | null = null,
): Allocation | null {
  if (amount <= 0) return null
  const allocation = { payment, invoice, amount, on, offer }
  to.allocations.push(allocation)
  invoice.balance -= amount
  if (invoice.balance === 0) invoice.state = 'paid'
  return allocation
}

/** So much of an invoice is open again. */
export function takeBack(allocation: Allocation, amount = allocation.amount): number {
  allocation.amount -= amount
  allocation.invoice.balance += amount
  if (amount > 0) allocation.invoice.state = 'open'
  return amount
}

/** What settled an invoice is the subscriber's credit again. */
export function release(books: Books, owner: Account, allocation: Allocation, amount: number) {
  takeBack(allocation, amount)
  owner.credit += amount
  books.post({ subscriber_receivable: amount, subscriber_credit: -amount })
}

/** So much of what settled an invoice, the newest first; a certificate last, for it is not money. */
export function releaseInvoice(books: Books, owner: Account, invoice: Invoice, amount: number) {
  let left = amount
  const isCertificate = (one: Allocation) => one.payment?.method === 'withholding'
  const settled = owner.allocations.filter((one) => one.invoice === invoice).reverse()
  for (const allocation of [
    ...settled.filter((one) => !isCertificate(one)),
    ...settled.filter(isCertificate),
  ]) {
    if (left <= 0) return
    const part = Math.min(allocation.amount, left)
    release(books, owner, allocation, part)
    left -= part
  }
}

export function takeCredit(
  books: Books,
  owner: Account,
  invoice: Invoice,
  today = invoice.issuedOn,
) {
  const taken = Math.min(owner.credit, invoice.balance)
  if (taken <= 0) return
  allocate(owner, null, invoice, taken, today)
  owner.credit -= taken
  books.post({ subscriber_credit: taken, subscriber_receivable: -taken })
}

/** Credit pays what is open, the oldest first. */
export function spendCredit(books: Books, owner: Account, today: Day) {
  for (const invoice of openInvoices(owner)) takeCredit(books, owner, invoice, today)
}

export type Credited = { line: Line; total: number }

/** A credit note over some lines, with its share of the VAT; what was paid of them comes back as credit and goes on to what is open. */
export function credit(
  books: Books,
  owner: Account,
  invoice: Invoice,
  amounts: ReadonlyArray<Credited>,
  day: Day,
) {
  const total = sum(amounts.map((one) => one.total))
  const vatable = sum(
    amounts.filter(({ line }) => line.vatClass === 'vatable').map((one) => one.total),
  )
  const gross = sum(vatableOf(invoice.lines).map((line) => line.total))
  const before = sum(invoice.notes.map((note) => note.vatable))
  const vat =
    vatOfCredit(invoice, gross, before + vatable) - sum(invoice.notes.map((note) => note.vat))
  const credited = sum(invoice.notes.map((note) => note.total - note.credit))
  const room = Math.max(0, invoice.total - credited - invoice.givenUp)
  const beyond = Math.max(0, total - room)
  releaseInvoice(books, owner, invoice, total - beyond - invoice.balance)
  invoice.notes.push({ issuedOn: day, total, vatable, vat, credit: beyond })
  for (const { line, total: part } of amounts) line.given += part
  invoice.balance -= total - beyond
  owner.credit += beyond
  invoice.state = invoice.balance > 0 ? 'open' : invoice.givenUp > 0 ? 'written_off' : 'paid'
  books.post({
    sales_allowances: total - vat,
    output_vat: vat,
    subscriber_receivable: beyond - total,
    subscriber_credit: -beyond,
  })
  reconsider(books, owner, day)
}

/** The VAT in so much credited of an invoice: its share of the invoice's, and at the rate what goes beyond. */
function vatOfCredit({ vat, rateBp }: Invoice, gross: number, credited: number): number {
  if (credited > gross) {
    return vat + sum(vatOf([credited - gross], rateBp))
  }
  return gross === 0 ? 0 : Number(rounded(BigInt(vat) * BigInt(credited), BigInt(gross)))
}
