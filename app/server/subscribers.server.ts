import type { Subscriber, SubscriberListRow, SubscriberStatus } from '~/domain/subscriber'
import { readKeysetPage } from './keyset.server'
import { idIn, orderOf } from './list-query.server'
import type { Db } from './supabase.server'

export const subscriberListColumns =
  'id, account_no, name, phone, barangay, purok, status, plan_names, balance_minor, credit_minor, oldest_due_on, days_past_due, paid_until, route_name'

const subscriberColumns = `${subscriberListColumns}, kind, first_name, last_name, contact_person, other_phone, email, tin, branch, barangay_id, municipality, landmark, latitude, longitude, location_source, notes, route_id, created_at`

const sortable = [
  'name',
  'account_no',
  'barangay',
  'status',
  'balance_minor',
  'days_past_due',
  'paid_until',
  'created_at',
]

/** One page of the subscribers an address asks for (`?q=&status=&barangay=&plan=&route=&money=&sort=&page=`). */
export function subscriberPage(db: Db, params: URLSearchParams, headers: Headers) {
  return readKeysetPage<SubscriberListRow>(
    db,
    {
      view: 'subscribers',
      columns: subscriberListColumns,
      ask: (columns, how) => fittingSubscribers(db, params, columns, how),
      order: [orderOf(params, sortable, 'name'), { column: 'id', ascending: true }],
      indexed: ['name', 'account_no'],
    },
    params,
    headers,
  )
}

const WALK_ROWS = 1_000

/**
 * Every subscriber an address asks for, by id. Each step begins behind the last row of the one
 * before, so that the database reads each row once however many there are.
 */
export async function* everySubscriber<Row extends { id: string }>(
  db: Db,
  params: URLSearchParams,
  columns: string,
): AsyncGenerator<Row> {
  let last: string | undefined
  for (;;) {
    let query = fittingSubscribers(db, params, columns).order('id').limit(WALK_ROWS)
    if (last) query = query.gt('id', last)
    const { data } = await query.overrideTypes<Array<Row>, { merge: false }>().throwOnError()
    yield* data
    if (data.length < WALK_ROWS) return
    last = data.at(-1)?.id
  }
}

function fittingSubscribers(
  db: Db,
  params: URLSearchParams,
  columns: string,
  how: { count?: 'exact'; head?: boolean } = {},
) {
  let query = db.from('subscribers').select<string>(columns, how)

  for (const word of wordsOf(params.get('q'))) query = query.ilike('search_text', word)

  const status = params.get('status')
  if (isStatus(status)) query = query.eq('status', status)
  const barangay = idIn(params.get('barangay'))
  if (barangay) query = query.eq('barangay_id', barangay)
  const plan = idIn(params.get('plan'))
  if (plan) query = query.contains('plan_ids', [plan])
  const route = params.get('route')
  if (route === 'none') query = query.is('route_id', null)
  else if (idIn(route)) query = query.eq('route_id', route)

  const money = params.get('money')
  if (money === 'overdue') query = query.gt('days_past_due', 0)
  if (money === 'owes') query = query.gt('balance_minor', 0)
  if (money === 'credit') query = query.gt('credit_minor', 0)
  if (money === 'clear') query = query.eq('balance_minor', 0)

  const ids = (params.get('ids') ?? '').split(',').filter((id) => idIn(id))
  if (ids.length > 0) query = query.in('id', ids)

  return query
}

/** What the filters of the list offer. */
export async function subscriberFilterOptions(db: Db) {
  const [barangays, plans, routes] = await Promise.all([
    db.from('barangays').select('id, name, municipality').order('name').throwOnError(),
    db.from('plans').select('id, name').order('name').throwOnError(),
    db.from('routes').select('id, name').order('name').throwOnError(),
  ])
  return {
    barangays: barangays.data as Array<{ id: string; name: string; municipality: string }>,
    plans: plans.data as Array<{ id: string; name: string }>,
    routes: routes.data as Array<{ id: string; name: string }>,
  }
}

function wordsOf(typed: string | null) {
  return (typed ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replace(/[\\%_]/g, String.raw`\$&`)}%`)
}

function isStatus(text: string | null): text is SubscriberStatus {
  return text !== null && ['none', 'pending', 'active', 'suspended', 'ended'].includes(text)
}

/** The subscriber of an address, or a 404 page. */
export async function findSubscriber(db: Db, id: string | undefined) {
  const known = idIn(id)
  if (!known) throw notHere()
  const { data } = await db
    .from('subscribers')
    .select(subscriberColumns)
    .eq('id', known)
    .maybeSingle()
    .overrideTypes<Subscriber, { merge: false }>()
    .throwOnError()
  if (!data) throw notHere()
  return data
}

/** Whose a list is narrowed to by `?subscriber=`, or null. */
export async function subscriberAsked(db: Db, params: URLSearchParams) {
  const id = idIn(params.get('subscriber'))
  if (!id) return null
  const { data } = await db
    .from('subscribers')
    .select('id, name')
    .eq('id', id)
    .maybeSingle()
    .overrideTypes<{ id: string; name: string }, { merge: false }>()
    .throwOnError()
  return data
}

function notHere() {
  return new Response(null, { status: 404 })
}
