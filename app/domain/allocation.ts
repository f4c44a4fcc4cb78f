import type { Day } from './calendar'
import { least, subtract, type Minor } from './money'

export type OpenInvoice = { id: string; dueOn: Day; open: Minor }

export type Allocation = { invoiceId: string; amount: Minor }

/** Spreads a payment over open invoices, oldest due date first. What no invoice needs is credit. */
export function allocate(payment: Minor, invoices: ReadonlyArray<OpenInvoice>) {
  const allocations: Array<Allocation> = []
  let left = payment

  for (const invoice of [...invoices].sort(byDueDate)) {
    const amount = least(left, invoice.open)
    if (amount > 0) allocations.push({ invoiceId: invoice.id, amount })
    left = subtract(left, amount)
  }

  return { allocations, credit: left }
}

/** The id settles ties, so that phone and database always agree. */
function byDueDate(a: OpenInvoice, b: OpenInvoice) {
  return compare(a.dueOn, b.dueOn) || compare(a.id, b.id)
}

function compare(a: string, b: string) {
  if (a === b) return 0
  return a < b ? -1 : 1
}
