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
