// The list of doors, and one door, as the screens see them.

import type { Day } from '~/domain/calendar'
import { type Minor, minor, zero } from '~/domain/money'
import { isServed, loadAccount, loadAccounts, standing, type Status } from './accounts'
import type { InvoiceRow, SubscriberRow, SubscriptionRow } from './database'
import { today } from './days'
import { loadFixes } from './fixes'
import { readMirror } from './mirror'
import { isInForce, type MyPayment, myPayments, sumsBy } from './own-payments'
import type { Phone } from './phone'
import { tokensOf, wordsOf } from './tokens'
import { currentVisit, loadVisits, type Visit } from './visits'

/** A payment somebody else took, or one from long ago. */
type Paid = { id: string; method: string; amountMinor: Minor; receivedAt: string }

/** One door of the route, as a collector needs it before knocking. */
export type StopView = {
  id: string
  position: number
  routeId: string
  name: string
  accountNo: string
  place: string
  latitude: number | null
  longitude: number | null
  status: Status
  owedMinor: Minor
  creditMinor: Minor
  oldestDueOn: Day | null
  /** Of prepaid services, the day in whose course the paid time that ends first ends. */
  paidUntilOn: Day | null
  /** Null when there is no service in force. */
  isOn: boolean | null
  /** A prepaid service has no time left, or never had any: no bill says so, yet somebody should ask. */
  hasRunOut: boolean
  takenTodayMinor: Minor
  /** Today's visit, or the last promise that is still ahead. */
  visit: Visit | null
  /** What it is found by: its words, each behind a space. One text is searched faster than many. */
  words: string
}

type ServiceView = SubscriptionRow & {
  /** After what is not sent yet. */
  paid_until: string | null
  /** On, and prepaid time is left. */
  isOn: boolean
}

export type SubscriberCard = {
  subscriber: SubscriberRow
  status: Status
  owedMinor: Minor
  creditMinor: Minor
  oldestDueOn: Day | null
  invoices: Array<InvoiceRow>
  services: Array<ServiceView>
  payments: Array<MyPayment>
  /** What is not among those, newest first. */
  paid: Array<Paid>
  visits: Array<Visit>
}

type StopQuery = { search?: string; show?: 'all' | 'owes' | 'done' }

export async function listStops(phone: Phone, query: StopQuery = {}): Promise<Array<StopView>> {
  const [{ subscribers }, accounts, payments, visits, fixes] = await Promise.all([
    readMirror(phone),
    loadAccounts(phone),
    myPayments(phone, { from: today(phone), until: today(phone) }),
    loadVisits(phone),
    loadFixes(phone),
  ])
  const taken = sumsBy(payments.filter(isInForce))
  const day = today(phone)

  const stops = [...subscribers.values()]
    .sort((a, b) => a.position - b.position)
    .map((subscriber) => {
      const account = accounts.get(subscriber.id)
      return {
        id: subscriber.id,
        position: subscriber.position,
        routeId: subscriber.route_id,
        name: subscriber.name,
        accountNo: subscriber.account_no,
        place: subscriber.address,
        latitude: fixes.get(subscriber.id)?.latitude ?? subscriber.latitude,
        longitude: fixes.get(subscriber.id)?.longitude ?? subscriber.longitude,
        ...standing(phone, account),
        takenTodayMinor: taken.get(subscriber.id) ?? zero,
        visit: currentVisit(visits.get(subscriber.id) ?? [], day, phone.profile.time_zone),
        words: subscriber.words ?? wordsOf(subscriber),
      }
    })
  return findStops(stops, tokensOf(query.search ?? '')).filter((stop) => {
    if (query.show === 'owes') return stop.owedMinor > 0
    if (query.show === 'done') return stop.takenTodayMinor > 0 || stop.visit?.isOwn === true
    return true
  })
}

/** Each word typed begins a word of the name, the account or the place. Asks nothing of the store: it runs at every keystroke. */
function findStops(
  stops: ReadonlyArray<StopView>,
  typed: ReadonlyArray<string>,
): ReadonlyArray<StopView> {
  const starts = typed.map((word) => ` ${word}`)
  return starts.reduce((left, start) => left.filter(({ words }) => words.includes(start)), stops)
}

/** Finds the same; while a person goes on typing it looks only through what it found before, and for the words that are new. */
export function goOnFinding() {
  let last: {
    stops: ReadonlyArray<StopView>
    search: string
    typed: ReadonlyArray<string>
    found: ReadonlyArray<StopView>
  } | null = null
  return (stops: ReadonlyArray<StopView>, search: string): ReadonlyArray<StopView> => {
    const before = last?.stops === stops && search.startsWith(last.search) ? last : null
    const typed = tokensOf(search)
    const added = typed.filter((word) => !before?.typed.includes(word))
    const found = findStops(before?.found ?? stops, added)
    last = { stops, search, typed, found }
    return found
  }
}

export async function subscriberCard(phone: Phone, id: string): Promise<SubscriberCard | null> {
  const { subscribers, paid } = await readMirror(phone)
  const subscriber = subscribers.get(id)
  if (!subscriber) return null

  const [account, payments, visits, fixes] = await Promise.all([
    loadAccount(phone, id),
    myPayments(phone),
    loadVisits(phone),
    loadFixes(phone),
  ])
  const { owedMinor, creditMinor, oldestDueOn, status } = standing(phone, account)
  return {
    subscriber: { ...subscriber, ...fixes.get(id) },
    status,
    owedMinor,
    creditMinor,
    oldestDueOn,
    invoices: account.invoices,
    services: account.subscriptions
      .filter((service) => service.state !== 'terminated')
      .map((service) => ({ ...service, isOn: isServed(phone, service) })),
    payments: payments.filter((payment) => payment.subscriberId === id),
    paid: [...paid.values()]
      .filter((row) => row.subscriber_id === id && !payments.some((own) => own.id === row.id))
      .map((row) => ({
        id: row.id,
        method: row.method,
        amountMinor: minor(row.amount_minor),
        receivedAt: row.received_at,
      }))
      .sort((a, b) => b.receivedAt.localeCompare(a.receivedAt)),
    visits: visits.get(id) ?? [],
  }
}
