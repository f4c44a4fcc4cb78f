import type { MapPoint } from '~/domain/map-point'
import { shortAddress, standingOf, type SubscriberStatus } from '~/domain/subscriber'
import { everySubscriber } from './subscribers.server'
import type { Db } from './supabase.server'

const columns =
  'id, name, account_no, purok, barangay, status, balance_minor, days_past_due, latitude, longitude'

type Row = {
  id: string
  name: string
  account_no: string
  purok: string | null
  barangay: string | null
  status: SubscriberStatus
  balance_minor: number
  days_past_due: number
  latitude: number | null
  longitude: number | null
}

/** Everyone who fits the address, those with a place as points and the rest as a count. */
export async function mapPointsOf(db: Db, params: URLSearchParams) {
  const points: Array<MapPoint> = []
  let withoutPlace = 0

  for await (const row of everySubscriber<Row>(db, params, columns)) {
    const { latitude, longitude } = row
    if (latitude === null || longitude === null) {
      withoutPlace += 1
      continue
    }
    points.push({
      id: row.id,
      name: row.name,
      account_no: row.account_no,
      address: shortAddress(row),
      place: row.barangay,
      latitude,
      longitude,
      standing: standingOf(row),
      balance_minor: row.balance_minor,
      days_past_due: row.days_past_due,
    })
  }
  points.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { points, withoutPlace }
}
