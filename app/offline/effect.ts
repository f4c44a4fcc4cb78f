// What a payment does to an account, by the rules the database has too.

import { allocate } from '~/domain/allocation'
import { civilDay, type Day } from '~/domain/calendar'
import { add, minor, type Minor, subtract, sum, zero } from '~/domain/money'
import { buyTime } from '~/domain/prepaid'
import type { InvoiceRow, OutboxEntry, ReceiptEffect, SubscriptionRow } from './database'

export type Account = {
  invoices: Array<InvoiceRow>
  subscriptions: Array<SubscriptionRow>
  creditMinor: Minor
}

export type Money = {
  amountMinor: Minor
  /** The tenant's day: invoices of a period that has not begun are not touched. */
  today: Day
  /** The prepaid service that what is left buys time for. */
  subscriptionId: string | null
  at: string
}

export function effectOf(account: Account, money: Money): ReceiptEffect {
  const { amountMinor, subscriptionId, at, today } = money
  const owing = account.invoices.filter((invoice) => invoice.balance_minor > 0)
  const open = owing.filter(({ period }) => period === null || period <= today)
  const { allocations, credit: left } = allocate(
    amountMinor,
    open.map((invoice) => ({
      id: invoice.id,
      dueOn: invoice.due_on,
      open: minor(invoice.balance_minor),
    })),
  )
  const applies = allocations.flatMap(({ invoiceId, amount }) => {
    const invoice = open.find(({ id }) => id === invoiceId)
    if (!invoice) return []
    const left_minor = subtract(minor(invoice.balance_minor), amount)
    const { id: invoice_id, number, period, due_on } = invoice
    return [
      {
        invoice_id,
        number,
        period,
        due_on,
        amount_minor: amount,
        settles: left_minor === 0,
        left_minor,
      },
    ]
  })

  const service = account.subscriptions.find(({ id }) => id === subscriptionId)
  const prepaid = service && left > 0 ? timeFor(service, left, at) : null
  const owed = sum(owing.map((invoice) => minor(invoice.balance_minor)))
  return {
    applies,
    prepaid,
    credit_minor: prepaid ? zero : left,
    open_after_minor: subtract(owed, sum(applies.map((applied) => applied.amount_minor))),
  }
}

/** The account after this payment of the outbox. */
export function replay(account: Account, entry: OutboxEntry, timeZone: string): Account {
  const { input, happened_at } = entry
  const amount = Number(input['amount_minor'])
  if (!Number.isSafeInteger(amount) || amount <= 0) return account

  const effect = effectOf(account, {
    amountMinor: minor(amount),
    subscriptionId: typeof input['subscription_id'] === 'string' ? input['subscription_id'] : null,
    at: happened_at,
    today: civilDay(happened_at, timeZone),
  })
  const leftOf = new Map(effect.applies.map((applied) => [applied.invoice_id, applied.left_minor]))
  const { prepaid } = effect

  return {
    invoices: account.invoices.map((invoice) => ({
      ...invoice,
      balance_minor: leftOf.get(invoice.id) ?? invoice.balance_minor,
    })),
    subscriptions: account.subscriptions.map((service) =>
      service.id === prepaid?.subscription_id
        ? { ...service, paid_until: prepaid.ends_at }
        : service,
    ),
    creditMinor: add(account.creditMinor, minor(effect.credit_minor)),
  }
}

function timeFor(service: SubscriptionRow, amount: Minor, at: string): ReceiptEffect['prepaid'] {
  const { price_minor, prepaid_days, paid_until } = service
  if (service.billing_mode !== 'prepaid' || !price_minor || !prepaid_days) return null

  const { seconds, startsAt, endsAt } = buyTime({
    amount,
    price: minor(price_minor),
    days: prepaid_days,
    at,
    paidUntil: paid_until,
  })
  return {
    subscription_id: service.id,
    plan_name: service.plan_name ?? '',
    seconds,
    starts_at: startsAt,
    ends_at: endsAt,
    amount_minor: amount,
  }
}
