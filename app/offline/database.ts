// What a phone keeps for one person at one ISP. Two kinds of stores:
// the mirror is what the server said and may be wiped and pulled again;
// the outbox is what the person did: no upgrade ever transforms or drops it.
// What speaks of people or money is sealed; open lie only ids, times, states and numbers that keep the order.

import type { Day } from '~/domain/calendar'
import type { Sealed } from '~/domain/sealing'
import type { DeviceKeys } from './keys'
import { type Inside, type Readers, type Shape, type Store, storeOf, type Tables } from './store'

// The mirror -------------------------------------------------------------------------------------

export type SubscriberRow = {
  id: string
  account_no: string
  name: string
  /** Purok and barangay in one line. */
  address: string
  barangay_id: string | null
  barangay: string | null
  landmark: string | null
  phone: string | null
  latitude: number | null
  longitude: number | null
  route_id: string
  position: number
  /** What it is found by: plain words of name, account and place, each behind a space. Made on the phone. */
  words?: string
}

export type SubscriptionRow = {
  id: string
  subscriber_id: string
  label: string | null
  state: 'pending' | 'active' | 'terminated'
  billing_mode: 'prepaid' | 'postpaid'
  plan_name: string | null
  price_minor: number | null
  prepaid_days: number | null
  paid_until: string | null
  /** Active and without an open hold. Whether prepaid time is left follows from `paid_until`. */
  is_on: boolean
  /** `unpaid` and `paused` are the system's own; what a person wrote stands as it was written. */
  reasons: Array<string>
}

export type InvoiceRow = {
  id: string
  subscriber_id: string
  number: string
  state: 'open' | 'paid' | 'void'
  period: Day | null
  issued_on: Day
  due_on: Day
  total_minor: number
  balance_minor: number
}

/** What the subscriber has paid ahead. */
export type CreditRow = { id: string; credit_minor: number }

/** What the collector holds and has not handed in, and owes of what was short, as the office knows it. */
export type CashRow = { id: string; on_hand_minor: number; shortage_minor: number }

/** Cash this collector handed in. What was counted and expected is known once the office has counted. */
export type RemittanceRow = {
  id: string
  declared_at: string
  /** Null when the office handed it in on the collector's behalf and has not counted it yet. */
  declared_minor: number | null
  state: 'submitted' | 'counted' | 'accepted' | 'rejected'
  counted_minor: number | null
  expected_minor: number | null
  counted_at: string | null
  note: string | null
  /** Why the office handed it in instead. */
  reason: string | null
}

export type PaymentRow = {
  id: string
  subscriber_id: string | null
  receipt_number: string | null
  method: string
  amount_minor: number
  received_at: string
  recorded_at: string
  stage: 'unidentified' | 'posted' | 'remitted' | 'void'
}

/** What a subscriber paid last, whoever took it and by whatever way. */
export type PaidRow = {
  id: string
  subscriber_id: string
  method: string
  amount_minor: number
  received_at: string
  stage: PaymentRow['stage']
}

/** A subscriber's word to pay by a day, given to anybody of this ISP. */
export type PromiseRow = {
  id: string
  subscriber_id: string
  promised_on: Day
  amount_minor: number | null
  state: 'open' | 'kept' | 'broken' | 'withdrawn'
  made_at: string
}

export type BarangayRow = { id: string; name: string; municipality: string }
export type PlanRow = {
  id: string
  name: string
  billing_mode: 'prepaid' | 'postpaid'
  prepaid_days: number | null
  is_active: boolean
}
export type RouteRow = { id: string; name: string }

export type SettingsRow = {
  id: string
  trade_name: string
  legal_name: string | null
  tin: string | null
  address: string | null
  phone: string | null
  time_zone: string
  currency: string
  brand_color: string | null
  cash_limit_minor: number | null
  unsent_limit: number
  unsent_hours: number
  /** After so many minutes without a touch the app locks itself. */
  lock_minutes?: number
  /** So many days ahead a promise may be. */
  promise_days?: number
}

/** The rows of one pull, by store. */
export type MirrorRows = {
  settings: Array<SettingsRow>
  barangays: Array<BarangayRow>
  plans: Array<PlanRow>
  routes: Array<RouteRow>
  subscribers: Array<SubscriberRow>
  subscriptions: Array<SubscriptionRow>
  invoices: Array<InvoiceRow>
  credits: Array<CreditRow>
  cash: Array<CashRow>
  payments: Array<PaymentRow>
  remittances: Array<RemittanceRow>
  promises: Array<PromiseRow>
  paid: Array<PaidRow>
}

export const mirrorStores = [
  'settings',
  'barangays',
  'plans',
  'routes',
  'subscribers',
  'subscriptions',
  'invoices',
  'credits',
  'cash',
  'payments',
  'remittances',
  'promises',
  'paid',
] as const satisfies ReadonlyArray<keyof MirrorRows>

/** A chunk of a pull that has not come whole yet. */
export type Arrival = { rows: Stored<Partial<MirrorRows>> }

/** Many rows of the mirror in one sealed record: opening a few large ones is quick, opening thousands of small ones is not. */
export type ChestRow = { key: string } & Sealed

/** As it is on the phone: rows of before the vault lie open. */
export type Stored<T> = T | Sealed

// The outbox -------------------------------------------------------------------------------------

/** What goes over the wire, exactly as it was written when it happened. */
export type Command = {
  id: string
  device_id: string
  /** 1, 2, 3 … of this device, without a gap. */
  device_seq: number
  name: string
  input: Record<string, unknown>
  happened_at: string
  schema_version: number
  prev_hash: string
}

export type Answer = {
  state: 'applied' | 'duplicate' | 'parked'
  reason: string | null
}

/**
 * `waiting`: only on this phone. `answered`: the server has it, the mirror does not show it yet.
 * `mirrored`: the mirror shows it; kept some days as the person's own record.
 */
export type OutboxEntry = Command & {
  state: 'waiting' | 'answered' | 'mirrored'
  hash: string
  answer: Answer | null
  answered_at: string | null
}

export type StoredEntry = Omit<OutboxEntry, 'input'> & { input: Stored<OutboxEntry['input']> }

export type BlockRow = {
  id: string
  prefix: string
  first_serial: number
  last_serial: number
  next_serial: number
}

/** A receipt as it was handed out. It is never worked out again. */
export type ReceiptRow = {
  payment_id: string
  number: string
  amount_minor: number
  currency: string
  received_at: string
  subscriber_id: string
  subscriber_name: string
  account_no: string
  collector_name: string
  seller: {
    trade_name: string
    legal_name: string | null
    tin: string | null
    address: string | null
    phone: string | null
  }
  effect: ReceiptEffect
  /** By this phone's key, over the facts of `receiptBytes`. Receipts of older versions have none. */
  signature?: string
}

export type StoredReceipt = Pick<ReceiptRow, 'payment_id' | 'received_at'> &
  Stored<Omit<ReceiptRow, 'payment_id' | 'received_at'>>

/** What the money does, as `preview_payment` says it. */
export type ReceiptEffect = {
  applies: Array<{
    invoice_id: string
    number: string
    period: Day | null
    due_on: Day
    amount_minor: number
    settles: boolean
    left_minor: number
  }>
  prepaid: {
    subscription_id: string
    plan_name: string
    seconds: number
    starts_at: string
    ends_at: string
    amount_minor: number
  } | null
  credit_minor: number
  open_after_minor: number
}

/** Single facts about this phone, by name. */
export type MetaRow = { key: string; value: unknown }

/** The rows of each store. Before the vault the mirror lay open in stores of its own, which are only emptied (`move-in.ts`). */
export type PhoneRows = {
  arrivals: Arrival
  outbox: StoredEntry
  blocks: BlockRow
  receipts: StoredReceipt
  meta: MetaRow
  keys: DeviceKeys
  chest: ChestRow
}

export type PhoneStore = keyof PhoneRows

export type PhoneDatabase = Store<PhoneRows>

/** What can read or write these stores, inside a transaction or outside. */
export type Read<Names extends PhoneStore> = Readers<PhoneRows, Names>
export type Write<Names extends PhoneStore> = Tables<PhoneRows, Names>
/** Only inside one, so that it is stored with what belongs to it. */
export type Together<Names extends PhoneStore> = Inside<PhoneRows, Names>

/** Ten for each of the first four: the library that made them counted so. The next one is 41. */
export const STORE_VERSION = 40

/** Versions only ever add. A store of the outbox kind keeps its line for good. */
const shape: Shape<PhoneStore> = {
  arrivals: { key: 'seq', isNumbered: true },
  outbox: { key: 'id', indexes: { device_seq: { unique: true }, state: {}, happened_at: {} } },
  blocks: { key: 'id', indexes: { first_serial: {} } },
  receipts: { key: 'payment_id', indexes: { received_at: {} } },
  meta: { key: 'key' },
  keys: { key: 'name' },
  chest: { key: 'key' },
}

export function phoneDatabase(name: string): PhoneDatabase {
  return storeOf<PhoneRows>(name, {
    version: STORE_VERSION,
    shape,
    durable: ['outbox'],
    // Kept for the next sync; no screen shows them.
    unwatched: ['arrivals', 'meta/pull', 'meta/heard_at', 'meta/lease', 'meta/tries'],
  })
}

export function databaseName(tenantId: string, userId: string) {
  return `linyada-${tenantId}-${userId}`
}

export async function readMeta<T>({ meta }: Read<'meta'>, key: string): Promise<T | null> {
  const row = await meta.get(key)
  return row === undefined ? null : (row.value as T)
}

export async function writeMeta(
  { meta }: Write<'meta'>,
  key: string,
  value: unknown,
): Promise<void> {
  await meta.put({ key, value })
}
