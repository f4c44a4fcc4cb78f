import type { Position } from '~/domain/map-point'
import { anyColumnContains, orderOf } from './list-query.server'
import type { Db } from './supabase.server'

export type Barangay = { id: string; name: string; municipality: string; subscriber_count: number }

/** The barangays this ISP serves, or those an address asks for. */
export async function barangaysOf(db: Db, params = new URLSearchParams()) {
  const order = orderOf(params, ['name', 'municipality', 'subscriber_count'], 'municipality')
  let query = db.from('barangays').select('id, name, municipality, subscriber_count')
  const typed = params.get('find')?.trim()
  if (typed) query = query.or(anyColumnContains(['name', 'municipality'], typed))
  const { data } = await query
    .order(order.column, { ascending: order.ascending })
    .order('name')
    .order('id')
    .overrideTypes<Array<Barangay>, { merge: false }>()
    .throwOnError()
  return data
}

const NEIGHBOUR_LIMIT = 1_000

/** Where other subscribers live: the bearings on a map without streets. */
export async function positionsOf(db: Db) {
  const { data } = await db
    .from('subscribers')
    .select('latitude, longitude')
    .not('latitude', 'is', null)
    .limit(NEIGHBOUR_LIMIT)
    .overrideTypes<Array<Position>, { merge: false }>()
    .throwOnError()
  return data
}
