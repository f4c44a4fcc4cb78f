// What each subscriber owes and has: the mirror, with everything that is not in it yet played on top.

import { civilDay } from '~/domain/calendar'
import { minor, sum, zero } from '~/domain/money'
import type { OutboxEntry, SubscriptionRow } from './database'
import { earliest } from './days'
import { type Account, replay } from './effect'
import { readMirror } from './mirror'
import { paymentEntries } from './own-payments'
import type { Phone } from './phone'

export type Status = 'none' | 'pending' | 'active' | 'suspended' | 'ended'

/** One subscriber's account as it is after everything done on this phone. */
export async function loadAccount(phone: Phone, subscriberId: string): Promise<Account> {
  const [{ invoices, subscriptions, credits }, entries] = await Promise.all([
    readMirror(phone),
    unmirroredPayments(phone),
  ])
  const isTheirs = (row: { subscriber_id: string }) => row.subscriber_id === subscriberId
  return entries
    .filter((entry) => entry.input['subscriber_id'] === subscriberId)
    .reduce<Account>((account, entry) => replay(account, entry, phone.profile.time_zone), {
      invoices: [...invoices.values()].filter(isTheirs),
      subscriptions: [...subscriptions.values()].filter(isTheirs),
      creditMinor: minor(credits.get(subscriberId)?.credit_minor ?? 0),
    })
}

export async function loadAccounts(phone: Phone): Promise<Map<string, Account>> {
  const [{ invoices, subscriptions, credits }, entries] = await Promise.all([
    readMirror(phone),
    unmirroredPayments(phone),
  ])
  const accounts = new Map<string, Account>()
  const accountOf = (id: string) => {
    const known = accounts.get(id)
    if (known) return known
    const account: Account = { invoices: [], subscriptions: [], creditMinor: zero }
    accounts.set(id, account)
    return account
  }
  for (const invoice of invoices.values()) accountOf(invoice.subscriber_id).invoices.push(invoice)
  for (const service of subscriptions.values()) {
    accountOf(service.subscriber_id).subscriptions.push(service)
  }
  for (const credit of credits.values()) {
    accountOf(credit.id).creditMinor = minor(credit.credit_minor)
  }
  for (const entry of entries) {
    const id = String(entry.input['subscriber_id'])
    accounts.set(id, replay(accountOf(id), entry, phone.profile.time_zone))
  }
  return accounts
}

/** Payments whose effect the mirror does not show. What the server parked has no effect until the office settles it. */
async function unmirroredPayments(phone: Phone): Promise<Array<OutboxEntry>> {
  const [entries, { payments }] = await Promise.all([paymentEntries(phone), readMirror(phone)])
  return entries.filter((entry) => entry.answer?.state !== 'parked' && !payments.has(entry.id))
}

export const nothing: Account = { invoices: [], subscriptions: [], creditMinor: zero }

export function standing(phone: Phone, account: Account | undefined) {
  const { invoices, subscriptions, creditMinor } = account ?? nothing
  const open = invoices.filter((invoice) => invoice.balance_minor > 0)
  const services = subscriptions.filter((service) => service.state === 'active')
  const ends = services.flatMap(({ billing_mode, paid_until }) =>
    billing_mode === 'prepaid' && paid_until ? [civilDay(paid_until, phone.profile.time_zone)] : [],
  )
  return {
    status: statusOf(phone, subscriptions),
    owedMinor: sum(open.map((invoice) => minor(invoice.balance_minor))),
    creditMinor,
    oldestDueOn: earliest(open.map((invoice) => invoice.due_on)),
    paidUntilOn: earliest(ends),
    isOn: services.length > 0 ? services.every((service) => isServed(phone, service)) : null,
    hasRunOut: services.some(
      (service) => service.billing_mode === 'prepaid' && !hasTime(phone, service),
    ),
  }
}

/** As the office's list says it. */
function statusOf(phone: Phone, subscriptions: ReadonlyArray<SubscriptionRow>): Status {
  const inForce = subscriptions.filter((service) => service.state === 'active')
  if (inForce.some((service) => isServed(phone, service))) return 'active'
  if (inForce.length > 0) return 'suspended'
  if (subscriptions.some((service) => service.state === 'pending')) return 'pending'
  return subscriptions.length > 0 ? 'ended' : 'none'
}

export function isServed(phone: Phone, service: SubscriptionRow) {
  return service.is_on && (service.billing_mode === 'postpaid' || hasTime(phone, service))
}

function hasTime(phone: Phone, { paid_until }: SubscriptionRow) {
  return paid_until !== null && Date.parse(paid_until) > phone.now().getTime()
}
