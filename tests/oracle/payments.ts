// Money that comes in, and money that turns out not to have come.

import { type Account, openInvoices, type Payment } from './account.ts'
import { type Books, type Code } from './books.ts'
import { type Command } from './commands.ts'
import { allocate, release, spendCredit, takeBack } from './invoices.ts'
import { sell, takeBackSale } from './prepaid.ts'

const MONEY = { cash: 'cash_office', gcash: 'wallet_gcash' } as const satisfies Record<
  Payment['method'],
  Code
>

export function pay(books: Books, owner: Account, command: Command & { do: 'pay' }) {
  const service = owner.services.find(({ id }) => id === command.service)
  const { amount, method } = command
  const payment: Payment = { id: command.payment, amount, method, isVoid: false }
  owner.payments.push(payment)
  let left = amount
  for (const invoice of openInvoices(owner)) {
    const part = Math.min(left, invoice.balance)
    allocate(owner, payment.id, invoice, part)
    left -= part
  }
  if (left > 0 && service?.mode === 'prepaid') {
    sell(books, owner, service, payment, { amount: left, at: command.receivedAt })
    left = 0
  }
  owner.credit += left
  books.post({
    [MONEY[method]]: amount,
    subscriber_receivable: left - amount,
    subscriber_credit: -left,
  })
}

export function voidPayment(books: Books, owner: Account, id: string) {
  const payment = owner.payments.find((one) => one.id === id)
  if (!payment) throw new RangeError('No such payment')
  payment.isVoid = true
  let used = 0
  for (const allocation of owner.allocations) {
    if (allocation.payment === id) used += takeBack(allocation)
  }
  const unused = payment.amount - used
  owner.credit -= unused
  books.post({
    [MONEY[payment.method]]: -payment.amount,
    subscriber_receivable: used,
    subscriber_credit: unused,
  })

  for (const service of owner.services) {
    const sale = service.sales.find((one) => one.payment === id && !one.isCancelled)
    if (sale) takeBackSale(books, service, sale)
  }

  // So much credit as is missing now is given back by the newest invoices that took any; what is over pays what is open again.
  for (const taken of [...owner.allocations].reverse()) {
    if (owner.credit >= 0) break
    if (taken.payment === null) release(books, owner, taken, Math.min(taken.amount, -owner.credit))
  }
  spendCredit(books, owner)
}
