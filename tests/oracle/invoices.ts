// Invoices and what settles them: issue, allocation, credit, credit notes.

import {
  type Account,
  type Allocation,
  type Invoice,
  type Line,
  openInvoices,
  sum,
  vatableOf,
} from './account.ts'
import { type Books } from './books.ts'
import { type Day } from './days.ts'
import { rounded, vatOf } from './shares.ts'

export function issue(
  books: Books,
  to: Account,
  lines: ReadonlyArray<Omit<Line, 'vat'>>,
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
  }
  to.invoices.push(invoice)
  books.post(postingOf(invoice))
  return invoice
}

/** What an invoice does to the books. */
export function postingOf({ total, vat }: Invoice) {
  return { subscriber_receivable: total, revenue: vat - total, output_vat: -vat }
}

export function allocate(to: Account, payment: string | null, invoice: Invoice, amount: number) {
  if (amount <= 0) return
  to.allocations.push({ payment, invoice, amount })
  invoice.balance -= amount
  if (invoice.balance === 0) invoice.state = 'paid'
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

/** So much of what settled an invoice, the newest first. */
export function releaseInvoice(books: Books, owner: Account, invoice: Invoice, amount: number) {
  let left = amount
  for (const allocation of owner.allocations.filter((one) => one.invoice === invoice).reverse()) {
    if (left <= 0) return
    const part = Math.min(allocation.amount, left)
    release(books, owner, allocation, part)
    left -= part
  }
}

export function takeCredit(books: Books, owner: Account, invoice: Invoice) {
  const taken = Math.min(owner.credit, invoice.balance)
  if (taken <= 0) return
  allocate(owner, null, invoice, taken)
  owner.credit -= taken
  books.post({ subscriber_credit: taken, subscriber_receivable: -taken })
}

/** Credit pays what is open, the oldest first. */
export function spendCredit(books: Books, owner: Account) {
  for (const invoice of openInvoices(owner)) takeCredit(books, owner, invoice)
}

/** A credit note over some amounts, with its share of the VAT; what was paid of them comes back as credit and goes on to what is open. */
export function credit(
  books: Books,
  owner: Account,
  invoice: Invoice,
  amounts: ReadonlyArray<{ total: number; vatClass: string }>,
  day: Day,
) {
  const total = sum(amounts.map((one) => one.total))
  const vatable = sum(vatableOf(amounts).map((one) => one.total))
  const gross = sum(vatableOf(invoice.lines).map((line) => line.total))
  const before = sum(invoice.notes.map((note) => note.vatable))
  const vat =
    vatOfCredit(invoice, gross, before + vatable) - sum(invoice.notes.map((note) => note.vat))
  const room = invoice.total - sum(invoice.notes.map((note) => note.total - note.credit))
  const beyond = Math.max(0, total - room)
  releaseInvoice(books, owner, invoice, total - beyond - invoice.balance)
  invoice.notes.push({ issuedOn: day, total, vatable, vat, credit: beyond })
  invoice.balance -= total - beyond
  owner.credit += beyond
  invoice.state = invoice.balance === 0 ? 'paid' : 'open'
  books.post({
    sales_allowances: total - vat,
    output_vat: vat,
    subscriber_receivable: beyond - total,
    subscriber_credit: -beyond,
  })
  spendCredit(books, owner)
}

/** The VAT in so much credited of an invoice: its share of the invoice's, and at the rate what goes beyond. */
function vatOfCredit({ vat, rateBp }: Invoice, gross: number, credited: number): number {
  if (credited > gross) {
    return vat + sum(vatOf([credited - gross], rateBp))
  }
  return gross === 0 ? 0 : Number(rounded(BigInt(vat) * BigInt(credited), BigInt(gross)))
}
