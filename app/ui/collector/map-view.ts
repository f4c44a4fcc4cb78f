import type { Position } from '~/domain/map-point'

/** Metres east and north of the map's middle, or pixels of the screen. */
export type Spot = { x: number; y: number }

/** What stands in the middle of the screen, and how many pixels a metre is. */
export type View = Spot & { scale: number }

type Size = { width: number; height: number }

const METRES_PER_DEGREE = 111_320
const EDGE_PIXELS = 44
const TAP_REACH_PIXELS = 30
const WIDEST_SCALE = 1.2

/** The ground around one place, as flat as a route is. */
export function flat(at: Position, middle: Position): Spot {
  const east = Math.cos((middle.latitude * Math.PI) / 180)
  return {
    x: (at.longitude - middle.longitude) * METRES_PER_DEGREE * east,
    y: (at.latitude - middle.latitude) * METRES_PER_DEGREE,
  }
}

/** Everything in sight. */
export function fitting(spots: ReadonlyArray<Spot>, { width, height }: Size): View {
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)]
  if (spots.length === 0) return { x: 0, y: 0, scale: WIDEST_SCALE }
  const [west, east] = [Math.min(...xs), Math.max(...xs)]
  const [south, north] = [Math.min(...ys), Math.max(...ys)]
  const across = (width - 2 * EDGE_PIXELS) / Math.max(1, east - west)
  const along = (height - 2 * EDGE_PIXELS) / Math.max(1, north - south)
  const scale = Math.min(across, along, WIDEST_SCALE)
  return { x: (west + east) / 2, y: (south + north) / 2, scale: Math.max(scale, 1e-5) }
}

/** The pin under a thumb, or null. */
export function nearestPin(
  pins: ReadonlyArray<Spot & { id: string }>,
  view: View,
  { width, height }: Size,
  at: Spot,
): string | null {
  const far = pins.map((pin) => ({
    id: pin.id,
    pixels: Math.hypot(
      width / 2 + (pin.x - view.x) * view.scale - at.x,
      height / 2 - (pin.y - view.y) * view.scale - at.y,
    ),
  }))
  const nearest = far.reduce((best, pin) => (pin.pixels < best.pixels ? pin : best), {
    id: '',
    pixels: TAP_REACH_PIXELS,
  })
  return nearest.id || null
}

/** The largest of 1, 2, 5, 10 … metres that is no longer than this. */
export function niceMetres(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 10)))
  return ([5, 2, 1].find((times) => times * power <= most) ?? 1) * power
}
