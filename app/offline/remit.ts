// The end of a collector's day: the cash is counted with no sum in sight, and handed in.

import { type Pieces, sumOfPieces } from '~/domain/cash'
import { add, minor, type Minor, sum, zero } from '~/domain/money'
import { type OutboxEntry, readMeta, writeMeta } from './database'
import { readMirror } from './mirror'
import { openEntries } from './opened'
import { enqueue, lastEntry, ownEntries } from './outbox'
import type { Phone } from './phone'

/** A count that was begun. It is kept, so that a phone that dies in the middle goes on with it. */
export type OpenCount = {
  id: string
  pieces: Pieces
  /** The last deed before it was begun. */
  behind: number
}

const COUNT = 'cash_count'

/** The count that is open, or null. One that was handed in is over, also when the phone died before it was put away. */
export async function openCount({ db }: Phone): Promise<OpenCount | null> {
  const count = await readMeta<OpenCount>(db, COUNT)
  return count && !(await db.outbox.get(count.id)) ? count : null
}

/** From here until it is handed in or given up, no screen says what the cash should come to. */
export async function beginCount(phone: Phone): Promise<OpenCount> {
  const { db } = phone
  const last = await lastEntry(db)
  const count = (await openCount(phone)) ?? {
    id: phone.newId(),
    pieces: {},
    behind: last?.device_seq ?? 0,
  }
  await writeMeta(db, COUNT, count)
  return count
}

/** How often cash came in since the count was begun: what was counted by then does not hold it, what is handed in does. */
export async function takenSince({ db }: Phone, { behind }: OpenCount): Promise<number> {
  const since = await db.outbox.list('device_seq', IDBKeyRange.lowerBound(behind, true))
  return since.filter(({ name }) => name === 'record_payment').length
}

export async function keepCount({ db }: Phone, count: OpenCount): Promise<void> {
  await writeMeta(db, COUNT, count)
}

export async function giveUpCount({ db }: Phone): Promise<void> {
  await db.meta.delete(COUNT)
}

/** Hands in what was counted. It is on the phone, whole, before anything says so; twice is once. */
export async function handIn(
  phone: Phone,
  { id, pieces }: Pick<OpenCount, 'id' | 'pieces'>,
): Promise<OutboxEntry> {
  const entry = await enqueue(phone, {
    id,
    name: 'submit_remittance',
    happenedAt: phone.now().toISOString(),
    input: { declared_minor: sumOfPieces(pieces), denominations: pieces },
  })
  await giveUpCount(phone)
  return entry
}

/** What is carried, and what was handed in and waits to be counted: the mirror, with this phone's own deeds played on top. */
export async function cashNow(phone: Phone) {
  const { db, profile } = phone
  const [mirror, stored] = await Promise.all([readMirror(phone), ownEntries(db)])
  const { payments, remittances } = mirror
  const cash = mirror.cash.get(profile.member_id)
  const entries = await openEntries(phone, stored)
  let onHandMinor = minor(cash?.on_hand_minor ?? 0)
  let toCountMinor = sum(
    [...remittances.values()]
      .filter(({ state }) => state === 'submitted')
      .map(({ declared_minor }) => minor(declared_minor ?? 0)),
  )

  for (const entry of entries) {
    if (entry.name === 'record_payment' && !payments.has(entry.id)) {
      onHandMinor = add(onHandMinor, minor(Number(entry.input['amount_minor'])))
    }
    if (isHandIn(entry) && !remittances.has(entry.id)) {
      onHandMinor = zero
      toCountMinor = add(toCountMinor, declaredIn(entry))
    }
  }
  return { onHandMinor, toCountMinor }
}

/** One that the office could not take left the cash where it is. */
function isHandIn(entry: OutboxEntry) {
  return entry.name === 'submit_remittance' && entry.answer?.state !== 'parked'
}

export function declaredIn(entry: OutboxEntry): Minor {
  return minor(Number(entry.input['declared_minor']))
}
