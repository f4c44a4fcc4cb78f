import type { z } from 'zod'
import type { addSubscribersToRoute } from '~/commands/add-subscribers-to-route'
import { setRouteStops } from '~/commands/set-route-stops'
import { anyColumnContains, orderOf } from './list-query.server'
import { everyRow, list } from './listing.server'
import type { Db } from './supabase.server'

export type Stop = { subscriber_id: string; position: number }

/** The stops of a route in walking order. All of them: what is saved replaces what was there. */
export async function stopsOf(db: Db, routeId: string) {
  const stops: Array<Stop> = []
  const inOrder = list<Stop>(() => ({
    fitting: db.from('route_stops').select('id, subscriber_id, position').eq('route_id', routeId),
    order: ['position', 'id'].map((column) => ({ column, ascending: true })),
  }))
  for await (const stop of everyRow(inOrder)) stops.push(stop)
  return stops
}

export async function appendToRoute(
  db: Db,
  { route_id, subscriber_ids }: z.infer<typeof addSubscribersToRoute.input>,
) {
  const before = await stopsOf(db, route_id)
  const known = before
    .map((stop) => stop.subscriber_id)
    .filter((id) => !subscriber_ids.includes(id))
  return db.rpc(setRouteStops.name, { route_id, subscriber_ids: [...known, ...subscriber_ids] })
}

export type Route = {
  id: string
  name: string
  collector_id: string | null
  collector_name: string | null
  stop_count: number
  /** Who walks it today, where that is not its collector. */
  lent_to_name: string | null
  lent_until_on: string | null
}

/** Every route, or those an address asks for. */
export async function routesOf(db: Db, params = new URLSearchParams()) {
  const order = orderOf(params, ['name', 'collector_name', 'stop_count'], 'name')
  let query = db
    .from('routes')
    .select('id, name, collector_id, collector_name, stop_count, lent_to_name, lent_until_on')
  const typed = params.get('q')?.trim()
  if (typed) query = query.or(anyColumnContains(['name', 'collector_name'], typed))
  const { data } = await query
    .order(order.column, { ascending: order.ascending, nullsFirst: false })
    .order('name')
    .order('id')
    .overrideTypes<Array<Route>, { merge: false }>()
    .throwOnError()
  return data
}

export type RouteLoan = {
  id: string
  route_name: string
  collector_id: string | null
  collector_name: string | null
  member_id: string
  member_name: string
  from_on: string
  until_on: string
  reason: string | null
}

/** Routes a collector lends or borrows, now or on days to come. */
export async function loansOf(db: Db, collectorId: string) {
  const { data } = await db
    .from('route_loans')
    .select()
    .or(`collector_id.eq.${collectorId},member_id.eq.${collectorId}`)
    .order('from_on')
    .order('route_name')
    .overrideTypes<Array<RouteLoan>, { merge: false }>()
    .throwOnError()
  return data
}

/** Those who can be given a route: active, and on a collector's phone. */
export async function collectorsOf(db: Db) {
  const { data } = await db
    .from('members')
    .select('id, full_name')
    .eq('status', 'active')
    .eq('home', 'collector')
    .order('full_name')
    .overrideTypes<Array<{ id: string; full_name: string }>, { merge: false }>()
    .throwOnError()
  return data
}

export type StopRow = {
  id: string
  name: string
  account_no: string
  purok: string | null
  barangay: string | null
  balance_minor: number
}

/** The subscribers of a route in walking order. */
export async function stopRowsOf(db: Db, routeId: string): Promise<Array<StopRow>> {
  const byId = new Map<string, StopRow>()
  const rows = list<StopRow>(() => ({
    fitting: db
      .from('subscribers')
      .select('id, name, account_no, purok, barangay, balance_minor')
      .eq('route_id', routeId),
    order: [{ column: 'id', ascending: true }],
  }))
  for await (const row of everyRow(rows)) byId.set(row.id, row)
  const stops = await stopsOf(db, routeId)
  return stops.flatMap((stop) => byId.get(stop.subscriber_id) ?? [])
}
