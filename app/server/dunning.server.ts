import type { z } from 'zod'
import type { saveDunningSettings } from '~/commands/save-dunning-settings'
import type {
  DunningPreview,
  LateFee,
  LateInvoice,
  Round,
  SubscriberPromise,
} from '~/domain/dunning'
import type { Why } from '~/domain/why'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import { DatabaseFailure } from './refusal.server'
import type { Db } from './supabase.server'

const columns =
  'id, number, subscriber_id, subscriber_name, account_no, due_on, days_past_due, open_minor, stage, since_on, is_cut, promised_on, waits_for, next_stage, next_on, route_name'

/** Of one subscriber's promises and fees on their page; the lists have all. */
const LATEST = 4

const sortable = ['subscriber_name', 'due_on', 'open_minor', 'since_on', 'next_on', 'promised_on']

/** Whom the calendar is at: the page and its export read the same list. */
export function findLate(db: Db, params: URLSearchParams) {
  return list<LateInvoice>((how) => {
    let query = db.from('dunning').select(columns, how)

    const stage = params.get('stage')
    if (stage) query = query.eq('stage', stage)
    const waits = params.get('waits')
    if (waits) query = query.eq('waits_for', waits)
    const route = idIn(params.get('route'))
    if (route) query = query.eq('route_id', route)
    const typed = params.get('q')?.trim()
    if (typed)
      query = query.or(anyColumnContains(['number', 'subscriber_name', 'account_no'], typed))

    const order = orderOf(params, sortable, 'due_on')
    return {
      fitting: query,
      order: [
        { ...order, emptyLast: true },
        { ...order, column: 'id' },
      ],
    }
  })
}

/** The newest look through everybody who owes, or null before the first. */
export async function latestRound(db: Db): Promise<Round | null> {
  const { data } = await db
    .from('dunning_rounds')
    .select('day, state, seen_count, cut_count, last_error, finished_at, is_late')
    .order('day', { ascending: false })
    .limit(1)
    .maybeSingle()
    .overrideTypes<Round, { merge: false }>()
    .throwOnError()
  return data
}

/** The newest promises of a subscriber; one that is open stands first. */
export async function promisesOf(db: Db, subscriberId: string) {
  const { data } = await db
    .from('promises')
    .select('id, promised_on, amount_minor, note, state, taken_by_name, made_at')
    .eq('subscriber_id', subscriberId)
    .order('decided_at', { ascending: false, nullsFirst: true })
    .limit(LATEST)
    .overrideTypes<Array<SubscriberPromise>, { merge: false }>()
    .throwOnError()
  return data
}

/** The newest late fees of a subscriber; those that can still be waived stand first: `waiting` is the last word of all states. */
export async function lateFeesOf(db: Db, subscriberId: string) {
  const { data } = await db
    .from('late_fees')
    .select('id, number, amount_minor, created_at, state, waived_by_name, waive_reason')
    .eq('subscriber_id', subscriberId)
    .order('state', { ascending: false, nullsFirst: false })
    .order('created_at', { ascending: false })
    .limit(LATEST)
    .overrideTypes<Array<LateFee>, { merge: false }>()
    .throwOnError()
  return data
}

/** Why the services of a subscriber are on or off, and what is charged. */
export async function readWhy(db: Db, subscriberId: string): Promise<Why> {
  const { data, error } = await db.rpc('why', { subscriber_id: subscriberId })
  if (error) throw new DatabaseFailure(error)
  return data as Why
}

/** The grace of one subscriber beside everybody's, and how far ahead a promise may be. */
export async function readStanding(db: Db, subscriberId: string) {
  const [subscriber, settings] = await Promise.all([
    db.from('subscribers').select('grace_days').eq('id', subscriberId).single().throwOnError(),
    db.from('billing_settings').select('grace_days, promise_days').single().throwOnError(),
  ])
  return { own_grace_days: subscriber.data.grace_days, ...settings.data }
}

/** What the calendar would do with the next invoice, with these settings instead of the saved ones. */
export async function previewDunning(
  db: Db,
  settings: z.output<typeof saveDunningSettings.input> | Record<string, never>,
): Promise<DunningPreview> {
  const { data, error } = await db.rpc('preview_dunning', { settings })
  if (error) throw new DatabaseFailure(error)
  return data as DunningPreview
}
