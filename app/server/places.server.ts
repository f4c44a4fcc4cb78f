import type { Position } from '~/domain/map-point'
import type { Db } from './supabase.server'

export type Barangay = { id: string; name: string; municipality: string; subscriber_count: number }

/** The barangays this ISP serves. */
export async function barangaysOf(db: Db) {
  const { data } = await db
    .from('barangays')
    .select('id, name, municipality, subscriber_count')
    .order('municipality')
    .order('name')
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
