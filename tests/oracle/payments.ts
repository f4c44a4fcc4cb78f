// Money that comes in, and money that turns out not to have come.

import {
  type Account,
  type Invoice,
  type Method,
  openInvoices,
  type Payment,
  paymentOf,
  type Service,
  sum,
} from './account.ts'
import { type Books, type Code } from './books.ts'
import { type Charge, chargeOf } from './charges.ts'
import { type Command } from './commands.ts'
import { dayAt } from './days.ts'
import { allocate, takeBack } from './invoices.ts'
import { reconsider, settleOffers } from './offers.ts'
import { sell, takeBackSale } from './prepaid.ts'

export const MONEY = {
  cash: 'cash_office',
  gcash: 'wallet_gcash',
  bank: 'bank',
  cheque: 'cheques',
  withholding: 'certificates_pending',
} as const satisfies Record<Method, Code>

/** The account a payment's money goes to; a certificate that comes with its number is in hand. */
export function moneyOf(method: Method, isInHand: boolean): Code {
  return method === 'withholding' && isInHand ? 'creditable_tax' : MONEY[method]
}

export function pay(books: Books, owner: Account, command: Command & { do: 'pay' }) {
  const { payment: id, amount, method, receivedAt } = command
  const money = moneyOf(method, command.isInHand)
  const payment = newPayment({ id, amount, method, receivedAt, money })
  const service = owner.services.find((one) => one.id === command.service) ?? null
  const chosen = command.invoices?.map((at) => owner.invoices[at])
  settlePayment(books, owner, payment, {
    service,
    chosen: chosen?.filter((invoice) => invoice !== undefined) ?? null,
    buysAt: receivedAt,
    at: command.at,
  })
}

/** Certificate or money: the oldest open invoices first, or those that were chosen; then the debts given up, of those; then time; then credit. */
export function settlePayment(
  books: Books,
  owner: Account,
  payment: Payment,
  how: {
    service: Service | null
    chosen: ReadonlyArray<Invoice> | null
    buysAt: number
    at: number
  },
) {
  const { service, chosen, buysAt, at } = how
  const day = dayAt(books.zone, payment.receivedAt)
  owner.payments.push(payment)
  let left = payment.amount
  for (const invoice of openInvoices(owner)) {
    if (chosen && !chosen.includes(invoice)) continue
    const part = Math.min(left, invoice.balance)
    allocate(owner, payment, invoice, part, day)
    left -= part
  }
  for (const writeOff of owner.writeOffs) {
    if (!chosen?.includes(writeOff.invoice)) continue
    const part = Math.min(left, writeOff.amount - writeOff.recovered)
    if (part <= 0) continue
    writeOff.recovered += part
    payment.recovered.push({ writeOff, amount: part })
    left -= part
  }
  const recovered = sum(payment.recovered.map(({ amount }) => amount))
  if (left > 0 && service?.mode === 'prepaid') {
    sell(books, owner, service, payment, { amount: left, at: buysAt })
    left = 0
  }
  owner.credit += left
  books.post({
    [payment.money]: payment.amount,
    subscriber_receivable: left + recovered - payment.amount,
    recovered_debts: -recovered,
    subscriber_credit: -left,
  })
  settleOffers(books, owner, dayAt(books.zone, at))
}

export function newPayment(
  facts: Pick<Payment, 'id' | 'amount' | 'method' | 'receivedAt' | 'money'>,
): Payment {
  return { ...facts, refunded: 0, recovered: [], deposit: null, isVoid: false }
}

/** A payment never was: exact negation of what it did, and of what became of it. */
export function voidPayment(books: Books, owner: Account, payment: Payment, at: number) {
  payment.isVoid = true
  let used = 0
  for (const allocation of owner.allocations) {
    if (allocation.payment === payment) used += takeBack(allocation)
  }
  const recovered = sum(payment.recovered.map(({ amount }) => amount))
  for (const { writeOff, amount } of payment.recovered) writeOff.recovered -= amount
  payment.recovered = []
  const kept = payment.deposit?.amount ?? 0
  owner.deposit -= kept
  if (payment.deposit?.charge) payment.deposit.charge.left = 1
  payment.deposit = null
  const unused = payment.amount - used - recovered - kept
  owner.credit -= unused
  books.post({
    [payment.money]: -payment.amount,
    subscriber_receivable: used,
    recovered_debts: recovered,
    deposits: kept,
    subscriber_credit: unused,
  })

  for (const service of owner.services) {
    const sale = service.sales.find((one) => one.payment === payment && !one.isCancelled)
    if (sale) takeBackSale(books, service, sale, at)
  }
  reconsider(books, owner, dayAt(books.zone, at))
}

/** The certificate that was to come is in hand. */
export function receiveCertificate(books: Books, owner: Account, id: string) {
  const payment = paymentOf(owner, id)
  payment.money = 'creditable_tax'
  books.post({ creditable_tax: payment.amount, certificates_pending: -payment.amount })
}

/** Money of the subscriber that is kept until they leave: out of a payment, or of credit. */
export function takeDeposit(books: Books, owner: Account, command: Command & { do: 'deposit' }) {
  const { amount, charge: asked, payment: by, at } = command
  const charge: Charge | null = asked === null ? null : chargeOf(owner, asked)
  if (charge) charge.left = 0
  if (by) {
    const { id, method } = by
    const payment = newPayment({ id, amount, method, receivedAt: at, money: MONEY[method] })
    settlePayment(books, owner, payment, { service: null, chosen: [], buysAt: at, at })
    payment.deposit = { amount, charge }
  }
  owner.deposit += amount
  owner.credit -= amount
  books.post({ subscriber_credit: amount, deposits: -amount })
}
