import type { Standing } from './subscriber'

/** A subscriber with a known place. */
export type MapPoint = {
  id: string
  name: string
  account_no: string
  address: string
  /** The barangay. */
  place: string | null
  longitude: number
  latitude: number
  standing: Standing
  balance_minor: number
  days_past_due: number
}

export type Position = { longitude: number; latitude: number }

/** Cagayan de Oro, where nothing better is known. */
export const fallbackPosition: Position = { longitude: 124.6472, latitude: 8.4772 }

/** Degrees kept of a pin: six are eleven centimetres. */
export const PIN_DECIMALS = 6

const EARTH_METRES = 6_371_000

/** Along the ground, as the crow flies; exact enough for a walk. */
export function metresBetween(a: Position, b: Position): number {
  const radians = Math.PI / 180
  const north = (b.latitude - a.latitude) * radians
  const east =
    (b.longitude - a.longitude) * radians * Math.cos(((a.latitude + b.latitude) / 2) * radians)
  return Math.hypot(north, east) * EARTH_METRES
}

/** `40 m`, `350 m`, `1.2 km`: the same in every language we speak. */
export function distanceWords(metres: number): string {
  if (metres < 995) return `${Math.max(10, Math.round(metres / 10) * 10)} m`
  const km = metres / 1_000
  return `${km < 10 ? km.toFixed(1) : Math.round(km)} km`
}
