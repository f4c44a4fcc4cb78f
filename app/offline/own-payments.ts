// What this person took, as it stands in the books or still on this phone, and its papers.

import type { Day } from '~/domain/calendar'
import { add, type Minor, minor, zero } from '~/domain/money'
import type { OutboxEntry, ReceiptRow, SubscriberRow } from './database'
import { within } from './days'
import { readMirror } from './mirror'
import { openEach, openEntries, openReceipts } from './opened'
import { ownEntries, waitingEntries } from './outbox'
import type { Phone } from './phone'

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

/** Payments of this phone that are not the server's record yet, in the order they were taken. */
export async function paymentEntries(phone: Phone): Promise<Array<OutboxEntry>> {
  const entries = await ownEntries(phone.db)
  return openEntries(
    phone,
    entries.filter((entry) => entry.name === 'record_payment'),
  )
}

export function isInForce(payment: MyPayment) {
  return payment.stage !== 'void'
}

export function sumsBy(payments: ReadonlyArray<MyPayment>) {
  const sums = new Map<string, Minor>()
  for (const { subscriberId, amountMinor } of payments) {
    if (subscriberId) sums.set(subscriberId, add(sums.get(subscriberId) ?? zero, amountMinor))
  }
  return sums
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
