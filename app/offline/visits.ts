// Who was at which door, and what was promised there: heard from the office, and noted here.

import { civilDay, type Day } from '~/domain/calendar'
import { type Minor, minor } from '~/domain/money'
import type { OutboxEntry, PromiseRow } from './database'
import { readMirror } from './mirror'
import { openEntries } from './opened'
import type { Phone } from './phone'

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

export async function loadVisits(phone: Phone): Promise<Map<string, Array<Visit>>> {
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

export function currentVisit(
  visits: ReadonlyArray<Visit>,
  day: Day,
  timeZone: string,
): Visit | null {
  return (
    visits.find(
      ({ visitedAt, promisedOn, isOpen, isOwn }) =>
        (isOwn && civilDay(visitedAt, timeZone) === day) ||
        (isOpen && promisedOn !== null && promisedOn >= day),
    ) ?? null
  )
}
