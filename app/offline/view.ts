// What the screens see: the mirror, with everything that is not in it yet played on top.

import { addDays, civilDay, type Day } from '~/domain/calendar'
import { WARN_SHARE } from '~/domain/limit'
import { add, minor, type Minor, sum, zero } from '~/domain/money'
import type {
  InvoiceRow,
  OutboxEntry,
  PromiseRow,
  ReceiptRow,
  SettingsRow,
  SubscriberRow,
  SubscriptionRow,
} from './database'
import { type Account, replay } from './effect'
import { readMirror } from './mirror'
import { openEach, openEntries, openReceipts } from './opened'
import { ownEntries, receiptsLeft, waitingEntries } from './outbox'
import type { Phone } from './phone'
import { cashNow, openCount } from './remit'
import { tokensOf, wordsOf } from './tokens'

export type Visit = {
  id: string
  outcome: string
  note: string | null
  visitedAt: string
  promisedOn: Day | null
  promisedMinor: Minor | null
  /** A promise of which nothing came yet: not kept, broken or taken back. */
  isOpen: boolean
  /** The day of the promise went by, and what was promised did not come. */
  isBroken: boolean
  /** Noted on this phone, and not by the office or another collector. */
  isOwn: boolean
  /** The office could not take it as it was noted. */
  isParked: boolean
}

/** A payment somebody else took, or one from long ago. */
export type Paid = { id: string; method: string; amountMinor: Minor; receivedAt: string }

export type Status = 'none' | 'pending' | 'active' | 'suspended' | 'ended'

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

export type MyPayment = {
  id: string
  subscriberId: string | null
  subscriberName: string | null
  accountNo: string | null
  number: string | null
  amountMinor: Minor
  receivedAt: string
  stage: 'on_phone' | 'received' | 'posted' | 'remitted' | 'unidentified' | 'void'
  /** Why the office has to look at it. */
  reason: string | null
}

export type ServiceView = SubscriptionRow & {
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

export type Totals = {
  todayMinor: Minor
  todayCount: number
  /** Not handed in. */
  onHandMinor: Minor
  /** Handed in, as declared, and not counted by the office yet. */
  toCountMinor: Minor
  /** A count is open: until it is handed in no screen says what the cash should come to. */
  isCounting: boolean
  unsentCount: number
  unsentMinor: Minor
  oldestUnsentAt: string | null
  receiptsLeft: number
}

export type Limits = {
  state: 'fine' | 'warn' | 'stop'
  reasons: Array<'unsent_count' | 'unsent_age' | 'cash' | 'receipts'>
}

export type StopQuery = { search?: string; show?: 'all' | 'owes' | 'done' }

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
  return findStops(stops, query.search ?? '').filter((stop) => {
    if (query.show === 'owes') return stop.owedMinor > 0
    if (query.show === 'done') return stop.takenTodayMinor > 0 || stop.visit?.isOwn === true
    return true
  })
}

/** Each word typed begins a word of the name, the account or the place. Asks nothing of the store: it runs at every keystroke. */
export function findStops(stops: ReadonlyArray<StopView>, search: string): Array<StopView> {
  const typed = tokensOf(search).map((start) => ` ${start}`)
  return stops.filter(({ words }) => typed.every((start) => words.includes(start)))
}

/** Finds the same; while a person goes on typing it looks only through what it found before. */
export function goOnFinding(): typeof findStops {
  let last: { stops: ReadonlyArray<StopView>; search: string; found: Array<StopView> } | null = null
  return (stops, search) => {
    const isLonger = last?.stops === stops && search.startsWith(last.search)
    const found = findStops(isLonger && last ? last.found : stops, search)
    last = { stops, search, found }
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

/** Newest first. The days are the tenant's own, both ends included. */
export async function myPayments(
  phone: Phone,
  days: { from?: Day; until?: Day } = {},
): Promise<Array<MyPayment>> {
  const [{ payments, subscribers }, entries, stored] = await Promise.all([
    readMirror(phone),
    paymentEntries(phone),
    phone.db.outbox.list(),
  ])
  const mirrored = [...payments.values()]
  const unsettled = entries.filter((entry) => !payments.has(entry.id))
  // The paper tells what the mirror does not.
  const untold = mirrored.filter(
    (row) => !row.receipt_number || !row.subscriber_id || !subscribers.has(row.subscriber_id),
  )
  const receiptOf = await openReceipts(
    phone,
    [...untold, ...unsettled].map(({ id }) => id),
  )
  const parked = stored.filter(({ answer }) => answer?.state === 'parked')
  const reasonOf = new Map(parked.map(({ id, answer }) => [id, answer?.reason ?? null]))

  const posted = mirrored.map((row) => {
    const subscriber = row.subscriber_id ? subscribers.get(row.subscriber_id) : undefined
    const handedOut = receiptOf.get(row.id)
    return {
      id: row.id,
      subscriberId: row.subscriber_id ?? handedOut?.subscriber_id ?? null,
      subscriberName: subscriber?.name ?? handedOut?.subscriber_name ?? null,
      accountNo: subscriber?.account_no ?? handedOut?.account_no ?? null,
      number: row.receipt_number ?? handedOut?.number ?? null,
      amountMinor: minor(row.amount_minor),
      receivedAt: row.received_at,
      stage: row.stage,
      reason: row.stage === 'unidentified' ? (reasonOf.get(row.id) ?? null) : null,
    }
  })
  const own = unsettled.map((entry) =>
    ownPayment(
      entry,
      receiptOf.get(entry.id),
      subscribers.get(String(entry.input['subscriber_id'])),
    ),
  )

  const isWanted = within(days, phone.profile.time_zone)
  return [...posted, ...own]
    .filter(({ receivedAt }) => isWanted(receivedAt))
    .sort((a, b) => b.receivedAt.localeCompare(a.receivedAt) || b.id.localeCompare(a.id))
}

export async function totals(phone: Phone): Promise<Totals> {
  const { db } = phone
  const [payments, cash, waiting, left, count] = await Promise.all([
    myPayments(phone),
    cashNow(phone),
    waitingEntries(db),
    receiptsLeft(db),
    openCount(phone),
  ])
  const day = today(phone)
  const isOfToday = within({ from: day, until: day }, phone.profile.time_zone)
  const ofToday = payments.filter((payment) => isInForce(payment) && isOfToday(payment.receivedAt))
  const unsent = payments.filter((payment) => payment.stage === 'on_phone')

  return {
    todayMinor: sum(ofToday.map((payment) => payment.amountMinor)),
    todayCount: ofToday.length,
    ...cash,
    isCounting: count !== null,
    unsentCount: waiting.length,
    unsentMinor: sum(unsent.map((payment) => payment.amountMinor)),
    oldestUnsentAt: waiting[0]?.happened_at ?? null,
    receiptsLeft: left,
  }
}

const HOUR_MILLISECONDS = 3_600_000
const WARN_RECEIPTS = 10
/** Until the first pull says what this ISP allows. */
const FIRST_LIMITS = { unsent_limit: 60, unsent_hours: 72, cash_limit_minor: null }

/** How near the phone is to the point where it must send before it takes more. */
export async function limits(phone: Phone): Promise<Limits> {
  return limitsOf(phone, await loadSettings(phone), await totals(phone))
}

/** The same, of what was read already. */
export function limitsOf(phone: Phone, settings: SettingsRow | null, now: Totals): Limits {
  const { unsent_limit, unsent_hours, cash_limit_minor } = settings ?? FIRST_LIMITS
  const unsentHours = now.oldestUnsentAt
    ? (phone.now().getTime() - Date.parse(now.oldestUnsentAt)) / HOUR_MILLISECONDS
    : 0

  const reached = (share: number) =>
    [
      { reason: 'unsent_count' as const, is: now.unsentCount >= unsent_limit * share },
      { reason: 'unsent_age' as const, is: unsentHours >= unsent_hours * share },
      {
        reason: 'cash' as const,
        // Cash in an envelope on its way to the office can be lost as well as cash in the hand.
        is:
          cash_limit_minor !== null &&
          now.onHandMinor + now.toCountMinor >= cash_limit_minor * share,
      },
      { reason: 'receipts' as const, is: now.receiptsLeft < (share < 1 ? WARN_RECEIPTS : 1) },
    ]
      .filter(({ is }) => is)
      .map(({ reason }) => reason)

  const stops = reached(1)
  if (stops.length > 0) return { state: 'stop', reasons: stops }
  const warnings = reached(WARN_SHARE)
  return { state: warnings.length > 0 ? 'warn' : 'fine', reasons: warnings }
}

export async function receipt(phone: Phone, paymentId: string): Promise<ReceiptRow | null> {
  return (await openReceipts(phone, [paymentId])).get(paymentId) ?? null
}

/** Where a receipt is that cannot be shown: `unsent` and `damaged` were here, and only of the second does the office know. */
export async function whereReceiptIs(
  { db }: Phone,
  paymentId: string,
): Promise<'unsent' | 'damaged' | 'gone'> {
  const [entry, stored] = await Promise.all([db.outbox.get(paymentId), db.receipts.get(paymentId)])
  if (entry?.state === 'waiting') return 'unsent'
  return stored ? 'damaged' : 'gone'
}

/** To show, or to hand to the office when this phone may not send any more. */
export async function unsentEntries(phone: Phone): Promise<Array<OutboxEntry>> {
  return openEach(phone, await waitingEntries(phone.db))
}

export async function loadSettings(phone: Phone): Promise<SettingsRow | null> {
  return (await readMirror(phone)).settings.get(phone.profile.tenant_id) ?? null
}

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

async function loadAccounts(phone: Phone): Promise<Map<string, Account>> {
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

/** Payments of this phone that are not the server's record yet, in the order they were taken. */
async function paymentEntries(phone: Phone): Promise<Array<OutboxEntry>> {
  const entries = await ownEntries(phone.db)
  return openEntries(
    phone,
    entries.filter((entry) => entry.name === 'record_payment'),
  )
}

/** Who paid stands on the paper, or, where that was damaged, on the route. */
function ownPayment(
  entry: OutboxEntry,
  handedOut: ReceiptRow | undefined,
  known: SubscriberRow | undefined,
): MyPayment {
  const isParked = entry.answer?.state === 'parked'
  const answeredStage = isParked ? 'unidentified' : 'received'
  return {
    id: entry.id,
    subscriberId: String(entry.input['subscriber_id']),
    subscriberName: handedOut?.subscriber_name ?? known?.name ?? null,
    accountNo: handedOut?.account_no ?? known?.account_no ?? null,
    number: handedOut?.number ?? numberIn(entry),
    amountMinor: minor(Number(entry.input['amount_minor'])),
    receivedAt: entry.happened_at,
    stage: entry.state === 'waiting' ? 'on_phone' : answeredStage,
    reason: isParked ? (entry.answer?.reason ?? null) : null,
  }
}

function numberIn({ input }: OutboxEntry): string | null {
  return typeof input['number'] === 'string' ? input['number'] : null
}

function isInForce(payment: MyPayment) {
  return payment.stage !== 'void'
}

function sumsBy(payments: ReadonlyArray<MyPayment>) {
  const sums = new Map<string, Minor>()
  for (const { subscriberId, amountMinor } of payments) {
    if (subscriberId) sums.set(subscriberId, add(sums.get(subscriberId) ?? zero, amountMinor))
  }
  return sums
}

const nothing: Account = { invoices: [], subscriptions: [], creditMinor: zero }

function standing(phone: Phone, account: Account | undefined) {
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

function isServed(phone: Phone, service: SubscriptionRow) {
  return service.is_on && (service.billing_mode === 'postpaid' || hasTime(phone, service))
}

function hasTime(phone: Phone, { paid_until }: SubscriptionRow) {
  return paid_until !== null && Date.parse(paid_until) > phone.now().getTime()
}

async function loadVisits(phone: Phone): Promise<Map<string, Array<Visit>>> {
  const stored = (await phone.db.outbox.list()).filter(
    ({ name }) => name === 'record_visit' || name === 'record_promise',
  )
  const [entries, { promises }] = await Promise.all([openEntries(phone, stored), readMirror(phone)])
  const known = new Set(entries.map(({ id }) => id))
  const heard = [...promises.values()].filter(({ id }) => !known.has(id))
  const all = [
    ...heard.map((row) => ({ subscriberId: row.subscriber_id, visit: heardPromise(row) })),
    // Of two in one moment the later one of this phone comes first, whatever their ids.
    ...[...entries]
      .sort((a, b) => b.device_seq - a.device_seq)
      .map((entry) => ({
        subscriberId: String(entry.input['subscriber_id']),
        visit: ownVisit(entry, promises),
      })),
  ].sort((a, b) => b.visit.visitedAt.localeCompare(a.visit.visitedAt))

  const visits = new Map<string, Array<Visit>>()
  for (const { subscriberId, visit } of all) {
    visits.set(subscriberId, [...(visits.get(subscriberId) ?? []), visit])
  }
  return visits
}

function ownVisit(entry: OutboxEntry, promises: ReadonlyMap<string, PromiseRow>): Visit {
  const { id, name, input, happened_at, state, answer } = entry
  const isPromise = name === 'record_promise'
  const isParked = answer?.state === 'parked'
  const kept = promises.get(id)
  return {
    id,
    outcome: isPromise ? 'promised' : String(input['outcome']),
    note: typeof input['note'] === 'string' ? input['note'] : null,
    visitedAt: happened_at,
    promisedOn: isPromise ? String(input['promised_on']) : null,
    promisedMinor: amountOf(kept?.amount_minor ?? input['amount_minor']),
    isOpen: isPromise && !isParked && (state !== 'mirrored' || kept?.state === 'open'),
    isBroken: kept?.state === 'broken',
    isOwn: true,
    isParked,
  }
}

function amountOf(amount: unknown): Minor | null {
  return typeof amount === 'number' ? minor(amount) : null
}

function heardPromise({ id, promised_on, amount_minor, state, made_at }: PromiseRow): Visit {
  return {
    id,
    outcome: 'promised',
    note: null,
    visitedAt: made_at,
    promisedOn: promised_on,
    promisedMinor: amountOf(amount_minor),
    isOpen: state === 'open',
    isBroken: state === 'broken',
    isOwn: false,
    isParked: false,
  }
}

function currentVisit(visits: ReadonlyArray<Visit>, day: Day, timeZone: string): Visit | null {
  return (
    visits.find(
      ({ visitedAt, promisedOn, isOpen, isOwn }) =>
        (isOwn && civilDay(visitedAt, timeZone) === day) ||
        (isOpen && promisedOn !== null && promisedOn >= day),
    ) ?? null
  )
}

/** A corrected phone number or landmark shows at once, until the mirror brings it. */
type Fix = Partial<Pick<SubscriberRow, 'phone' | 'landmark' | 'latitude' | 'longitude'>>

/** What this phone put right and the mirror does not show yet, by subscriber. */
async function loadFixes(phone: Phone): Promise<Map<string, Fix>> {
  const stored = await ownEntries(phone.db)
  const fixes = stored.filter(
    (entry) => entry.name === 'fix_subscriber_contact' && entry.answer?.state !== 'parked',
  )
  const fixed = new Map<string, Fix>()
  for (const { input } of await openEntries(phone, fixes)) {
    const { phone: number, landmark, latitude, longitude } = input
    const id = String(input['subscriber_id'])
    fixed.set(id, {
      ...fixed.get(id),
      ...(typeof number === 'string' ? { phone: number } : {}),
      ...(typeof landmark === 'string' ? { landmark } : {}),
      ...(typeof latitude === 'number' && typeof longitude === 'number'
        ? { latitude, longitude }
        : {}),
    })
  }
  return fixed
}

/** Whether an instant lies in these days, both included, where the ISP is. Its text rules most out; to ask the calendar for thousands is slow. */
function within({ from, until }: { from?: Day; until?: Day }, timeZone: string) {
  const [earliest, latest] = [from && addDays(from, -1), until && addDays(until, 2)]
  return (instant: string) => {
    if ((earliest && instant < earliest) || (latest && instant >= latest)) return false
    if (!from && !until) return true
    const day = civilDay(instant, timeZone)
    return (!from || day >= from) && (!until || day <= until)
  }
}

export function today(phone: Phone): Day {
  return civilDay(phone.now(), phone.profile.time_zone)
}

function earliest(days: ReadonlyArray<Day>): Day | null {
  return days.reduce<Day | null>(
    (first, day) => (first === null || day < first ? day : first),
    null,
  )
}
