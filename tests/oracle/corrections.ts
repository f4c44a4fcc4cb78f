// What puts a posted fact right: credit notes by hand, void invoices, bad debts, refunds, transfers, bounced cheques, deposits given back.

import { type Account, type Invoice, isSale, type Line, paymentOf, sum } from './account.ts'
import { type Books } from './books.ts'
import { type Charge, leaveCharges, restOf } from './charges.ts'
import { type Command } from './commands.ts'
import { dayAt, type Day } from './days.ts'
import { credit, type Credited, postingOf, release, releaseInvoice } from './invoices.ts'
import { reconsider } from './offers.ts'
import { MONEY, moneyOf, newPayment, settlePayment, voidPayment } from './payments.ts'
import { negated } from './prepaid.ts'
import { forget } from './service.ts'
import { parts } from './shares.ts'

export function invoiceAt(owner: Account, at: number): Invoice {
  const invoice = owner.invoices[at]
  if (!invoice) throw new RangeError('No such invoice')
  return invoice
}

/** What of an invoice can still be credited: each line less what was given back of it. */
export function leftToCredit({ lines }: Invoice): number {
  return sum(lines.map(({ total, given }) => total - given))
}

/** An amount is shared by the lines as they stand, or each line says its own. */
export function creditByHand(books: Books, owner: Account, command: Command & { do: 'note' }) {
  const invoice = invoiceAt(owner, command.invoice)
  const amounts = creditedOf(invoice, command)
  for (const { line, total } of amounts) line.credited += total
  credit(books, owner, invoice, amounts, dayAt(books.zone, command.at))
}

function creditedOf(
  invoice: Invoice,
  { amount, line }: Command & { do: 'note' },
): ReadonlyArray<Credited> {
  const one = line === null ? undefined : invoice.lines[line]
  if (one) return [{ line: one, total: amount }]
  const standing = invoice.lines.filter(({ total, given }) => total !== given)
  const shares = parts(
    standing.map(({ total, given }) => BigInt(total - given) * BigInt(amount)),
    BigInt(leftToCredit(invoice)),
  )
  return standing.map((each, at) => ({ line: each, total: shares[at] ?? 0 }))
}

/** What no invoice will take of a credit given once is given back of the newest invoices; what is more than was ever charged is lost. */
export function giveBackCredit(books: Books, owner: Account, charge: Charge, today: Day) {
  if (charge.kind !== 'discount' || charge.parts !== 1) return
  const whole = restOf(charge)
  let rest = whole
  for (const invoice of [...owner.invoices].reverse()) {
    if ((invoice.state !== 'open' && invoice.state !== 'paid') || invoice.givenUp > 0) continue
    if (isSale(owner, invoice)) continue
    const amounts = linesToCredit(invoice, charge.service, rest)
    const taken = sum(amounts.map(({ total }) => total))
    if (taken === 0) continue
    for (const { line, total } of amounts) line.credited += total
    credit(books, owner, invoice, amounts, today)
    rest -= taken
  }
  if (rest < whole) charge.isCancelled = true
}

/** Of the lines of a service or of all, the first one first: none, and no class of VAT, beyond what is left of it. */
function linesToCredit(invoice: Invoice, service: string | null, amount: number): Array<Credited> {
  const leftOf = (lines: ReadonlyArray<Line>) => sum(lines.map(({ total, given }) => total - given))
  const rooms = new Map(
    invoice.lines.map(({ vatClass }) => [
      vatClass,
      leftOf(invoice.lines.filter((line) => line.vatClass === vatClass)),
    ]),
  )
  let rest = Math.min(amount, leftOf(invoice.lines))
  return invoice.lines.flatMap((line) => {
    if (line.total <= 0 || (service !== null && line.service !== service)) return []
    const room = rooms.get(line.vatClass) ?? 0
    const total = Math.min(line.total - line.given, room, rest)
    if (total <= 0) return []
    rooms.set(line.vatClass, room - total)
    rest -= total
    return [{ line, total }]
  })
}

/** The invoice keeps its number and loses its effect; what it billed waits to be billed anew. */
export function voidInvoice(
  books: Books,
  owner: Account,
  command: Command & { do: 'void_invoice' },
) {
  const invoice = invoiceAt(owner, command.invoice)
  const today = dayAt(books.zone, command.at)
  releaseInvoice(books, owner, invoice, invoice.total - invoice.balance)
  books.post(negated(postingOf(invoice)))
  invoice.state = 'void'
  invoice.balance = 0
  for (const service of owner.services) forget(service, invoice)
  leaveCharges(owner, invoice)
  reconsider(books, owner, today)
}

export function writeOff(books: Books, owner: Account, at: number) {
  const invoice = invoiceAt(owner, at)
  const { balance: amount } = invoice
  owner.writeOffs.push({ invoice, amount, recovered: 0 })
  invoice.givenUp += amount
  invoice.balance = 0
  invoice.state = 'written_off'
  books.post({ bad_debts: amount, subscriber_receivable: -amount })
}

/** Money goes back out of credit and, of a payment, out of what it settled as far as credit does not reach. */
export function refund(books: Books, owner: Account, command: Command & { do: 'refund' }) {
  const { amount, method } = command
  const payment = command.payment === null ? null : paymentOf(owner, command.payment)
  for (const allocation of [...owner.allocations].reverse()) {
    if (!payment || allocation.payment !== payment) continue
    const part = Math.min(allocation.amount, amount - owner.credit)
    if (part > 0) release(books, owner, allocation, part)
  }
  if (payment) payment.refunded += amount
  owner.credit -= amount
  books.post({ subscriber_credit: amount, [MONEY[method]]: -amount })
  reconsider(books, owner, dayAt(books.zone, command.at))
}

/** The same money, posted to whom it belongs; time it buys begins now. */
export function transfer(
  books: Books,
  from: Account,
  to: Account,
  command: Command & { do: 'transfer' },
) {
  const { at, id } = command
  const old = paymentOf(from, command.payment)
  const money = moneyOf(old.method, old.money === 'creditable_tax')
  voidPayment(books, from, old, at)
  const { amount, method, receivedAt } = old
  settlePayment(books, to, newPayment({ id, amount, method, receivedAt, money }), {
    service: to.services.find((one) => one.id === command.service) ?? null,
    chosen: null,
    buysAt: at,
    at,
  })
}

/** The bank did not pay: the cheque is taken back, and a fee may wait for the next invoice. */
export function bounce(books: Books, owner: Account, command: Command & { do: 'bounce' }) {
  voidPayment(books, owner, paymentOf(owner, command.payment), command.at)
  if (command.fee > 0)
    owner.charges.push(fee('one_time', command.fee, dayAt(books.zone, command.at)))
}

export function fee(kind: 'one_time' | 'late_fee', amount: number, startsOn: number): Charge {
  return {
    id: null,
    kind,
    service: null,
    plan: null,
    amount,
    percentBp: null,
    parts: null,
    left: 1,
    isConditional: false,
    vatClass: 'vatable',
    startsOn,
    untilOn: null,
    isCancelled: false,
    taken: [],
  }
}

/** A deposit goes out as money, or becomes credit that pays what is open. */
export function giveDeposit(
  books: Books,
  owner: Account,
  command: Command & { do: 'give_deposit' },
) {
  const { amount, method, at } = command
  owner.deposit -= amount
  books.post({ deposits: amount, [method === null ? 'subscriber_credit' : MONEY[method]]: -amount })
  if (method !== null) return
  owner.credit += amount
  reconsider(books, owner, dayAt(books.zone, at))
}
