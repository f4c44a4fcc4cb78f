// What a collector does at the door. Each deed is written on the phone, whole, before the screen says it happened.

import type { Day } from '~/domain/calendar'
import { LARGEST_TYPED_MINOR, minor } from '~/domain/money'
import type { OutboxEntry, ReceiptEffect, ReceiptRow } from './database'
import { effectOf } from './effect'
import { lostKeys, ownKeys, signReceipt } from './keys'
import { readMirror } from './mirror'
import { enqueue, OutOfReceipts } from './outbox'
import type { Phone } from './phone'
import { loadAccount } from './accounts'
import { today } from './days'
import { limits } from './limits'
import { loadSettings } from './mirror'
import { receipt } from './own-payments'

export type Place = { latitude: number; longitude: number }

export type Collection = {
  /** Made when the screen opened, so that a second tap is the same payment. */
  id: string
  subscriberId: string
  /** The prepaid service to buy time for; null settles invoices, and the rest is credit. */
  subscriptionId: string | null
  amountMinor: number
  note?: string
  place?: Place
}

export class CollectRefusal extends Error {
  override name = 'CollectRefusal'
  constructor(
    readonly reason:
      'no_receipt_numbers' | 'limit_reached' | 'subscriber_unknown' | 'invalid_amount',
  ) {
    super(reason)
  }
}

/** What the money would do, in the same words the receipt will use. */
export async function preview(
  phone: Phone,
  {
    subscriberId,
    subscriptionId,
    amountMinor,
  }: Pick<Collection, 'subscriberId' | 'subscriptionId' | 'amountMinor'>,
): Promise<ReceiptEffect> {
  return effectOf(await loadAccount(phone, subscriberId), {
    amountMinor: minor(amountMinor),
    subscriptionId,
    at: phone.now().toISOString(),
    today: today(phone),
  })
}

/** Takes the cash: outbox entry, receipt number and receipt, or nothing. The same id again answers the same receipt. */
export async function collect(phone: Phone, collection: Collection): Promise<ReceiptRow> {
  const { db, profile } = phone
  const { id, subscriberId, subscriptionId, amountMinor, note, place } = collection

  const handedOut = await receipt(phone, id)
  if (handedOut) return handedOut

  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1 || amountMinor > LARGEST_TYPED_MINOR) {
    throw new CollectRefusal('invalid_amount')
  }
  const subscriber = (await readMirror(phone)).subscribers.get(subscriberId)
  if (!subscriber) throw new CollectRefusal('subscriber_unknown')
  const { state, reasons } = await limits(phone)
  if (state === 'stop') {
    throw new CollectRefusal(reasons.includes('receipts') ? 'no_receipt_numbers' : 'limit_reached')
  }

  const settings = await loadSettings(phone)
  const receivedAt = phone.now().toISOString()
  const effect = await preview(phone, collection)
  const currency = settings?.currency ?? profile.currency
  // What other keys sign than those the office approved would look forged.
  const keys = (await lostKeys(db)) ? null : await ownKeys(db)

  try {
    await enqueue(phone, {
      id,
      name: 'record_payment',
      happenedAt: receivedAt,
      input: {
        subscriber_id: subscriberId,
        subscription_id: subscriptionId,
        method: 'cash',
        amount_minor: amountMinor,
        // The payer was shown every open bill it settles, the ones not yet due too.
        pay_ahead: true,
        received_at: receivedAt,
        ...optional({ note, ...roughly(place) }),
      },
      receipt: async ({ number }) => ({
        payment_id: id,
        number,
        amount_minor: amountMinor,
        currency,
        received_at: receivedAt,
        subscriber_id: subscriberId,
        subscriber_name: subscriber.name,
        account_no: subscriber.account_no,
        collector_name: profile.full_name,
        seller: {
          trade_name: settings?.trade_name ?? profile.trade_name,
          legal_name: settings?.legal_name ?? null,
          tin: settings?.tin ?? null,
          address: settings?.address ?? null,
          phone: settings?.phone ?? null,
        },
        effect,
        ...(keys
          ? {
              signature: await signReceipt(keys, {
                tenantId: profile.tenant_id,
                deviceId: phone.deviceId,
                paymentId: id,
                number,
                amountMinor,
                currency,
                accountNo: subscriber.account_no,
                receivedAt,
              }),
            }
          : {}),
      }),
    })
  } catch (error) {
    if (error instanceof OutOfReceipts) throw new CollectRefusal('no_receipt_numbers')
    throw error
  }

  const stored = await receipt(phone, id)
  if (!stored) throw new Error('The receipt was not stored')
  return stored
}

export async function recordVisit(
  phone: Phone,
  visit: {
    id: string
    subscriberId: string
    outcome: 'not_home' | 'refused' | 'moved' | 'other'
    note?: string
    place?: Place
  },
): Promise<OutboxEntry> {
  const { id, subscriberId, outcome, note, place } = visit
  const visitedAt = phone.now().toISOString()
  return enqueue(phone, {
    id,
    name: 'record_visit',
    happenedAt: visitedAt,
    input: {
      subscriber_id: subscriberId,
      outcome,
      visited_at: visitedAt,
      ...optional({ note, ...roughly(place) }),
    },
  })
}

export async function recordPromise(
  phone: Phone,
  promise: {
    id: string
    subscriberId: string
    promisedOn: Day
    amountMinor?: number
    note?: string
  },
): Promise<OutboxEntry> {
  const { id, subscriberId, promisedOn, amountMinor, note } = promise
  return enqueue(phone, {
    id,
    name: 'record_promise',
    happenedAt: phone.now().toISOString(),
    input: {
      subscriber_id: subscriberId,
      promised_on: promisedOn,
      ...optional({ amount_minor: amountMinor, note }),
    },
  })
}

/** How a subscriber is reached, put right at the door. A place that is given takes the place of the pin. */
export async function fixContact(
  phone: Phone,
  fix: { id: string; subscriberId: string; phone?: string; landmark?: string; place?: Place },
): Promise<OutboxEntry> {
  const { id, subscriberId, phone: number, landmark, place } = fix
  return enqueue(phone, {
    id,
    name: 'fix_subscriber_contact',
    happenedAt: phone.now().toISOString(),
    input: {
      subscriber_id: subscriberId,
      ...optional({ phone: number, landmark, ...roughly(place) }),
    },
  })
}

/** To a tenth of a metre: more is noise, and a number like 1e-7 would be hashed otherwise by the server. */
function roughly(place: Place | undefined) {
  if (!place) return {}
  const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6
  return { latitude: rounded(place.latitude), longitude: rounded(place.longitude) }
}

/** Only what was given: an entry says nothing it does not know. */
function optional(values: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  )
}
