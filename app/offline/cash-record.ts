// What a collector collected and handed in, day by day, and what became of it.

import { civilDay, type Day } from '~/domain/calendar'
import { add, minor, type Minor, subtract, zero } from '~/domain/money'
import type { OutboxEntry, RemittanceRow } from './database'
import { readMirror } from './mirror'
import { openEntries } from './opened'
import type { Phone } from './phone'
import { cashNow, declaredIn } from './remit'
import { myPayments } from './own-payments'

export type HandIn = {
  id: string
  at: string
  declaredMinor: Minor | null
  /** Where it is now; `refused` needs the office to look at it. */
  stage: 'on_phone' | 'to_count' | 'to_decide' | 'accepted' | 'sent_back' | 'refused'
  /** Counted less expected: below zero is short. Null until it is counted. */
  differenceMinor: Minor | null
  note: string | null
  isByOffice: boolean
}

export type CashDay = {
  day: Day
  collectedMinor: Minor
  receipts: number
  handIns: Array<HandIn>
}

export type CashRecord = {
  onHandMinor: Minor
  toCountMinor: Minor
  shortageMinor: Minor
  /** Newest first; only days on which something was. */
  days: Array<CashDay>
}

/** The collector's own record of the last weeks: collected, handed in, waiting, short. */
export async function cashRecord(phone: Phone): Promise<CashRecord> {
  const { db, profile } = phone
  const [payments, { remittances, cash }, stored, now] = await Promise.all([
    myPayments(phone),
    readMirror(phone),
    db.outbox.list(),
    cashNow(phone),
  ])
  const own = stored.filter(
    ({ id, name, state }) =>
      name === 'submit_remittance' && state !== 'mirrored' && !remittances.has(id),
  )
  const handIns = [
    ...[...remittances.values()].map(fromMirror),
    ...(await openEntries(phone, own)).map(fromOutbox),
  ].sort((a, b) => b.at.localeCompare(a.at))

  const days = new Map<Day, CashDay>()
  const dayOf = (instant: string) => {
    const day = civilDay(instant, profile.time_zone)
    const record = days.get(day) ?? { day, collectedMinor: zero, receipts: 0, handIns: [] }
    days.set(day, record)
    return record
  }
  for (const { receivedAt, amountMinor, stage } of payments) {
    if (stage === 'void') continue
    const record = dayOf(receivedAt)
    record.collectedMinor = add(record.collectedMinor, amountMinor)
    record.receipts += 1
  }
  for (const one of handIns) dayOf(one.at).handIns.push(one)

  return {
    ...now,
    shortageMinor: minor(cash.get(profile.member_id)?.shortage_minor ?? 0),
    days: [...days.values()].sort((a, b) => b.day.localeCompare(a.day)),
  }
}

function fromMirror(row: RemittanceRow): HandIn {
  const stages = {
    submitted: 'to_count',
    counted: 'to_decide',
    accepted: 'accepted',
    rejected: 'sent_back',
  } as const
  return {
    id: row.id,
    at: row.declared_at,
    declaredMinor: row.declared_minor === null ? null : minor(row.declared_minor),
    stage: stages[row.state],
    differenceMinor:
      row.counted_minor === null || row.expected_minor === null
        ? null
        : subtract(minor(row.counted_minor), minor(row.expected_minor)),
    note: row.note,
    isByOffice: row.reason !== null,
  }
}

function fromOutbox(entry: OutboxEntry): HandIn {
  const answered = entry.answer?.state === 'parked' ? 'refused' : 'to_count'
  return {
    id: entry.id,
    at: entry.happened_at,
    declaredMinor: declaredIn(entry),
    stage: entry.state === 'waiting' ? 'on_phone' : answered,
    differenceMinor: null,
    note: null,
    isByOffice: false,
  }
}
