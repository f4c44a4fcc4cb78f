import { metresBetween, type Position } from '~/domain/map-point'
import type { StopView } from '~/offline/view'

/** Doors still to knock on: something is owed, or prepaid time has run out, and nothing was taken today. */
export function isToCollect(stop: StopView) {
  return stop.takenTodayMinor === 0 && (stop.owedMinor > 0 || stop.hasRunOut)
}

export function isDone(stop: StopView) {
  return stop.takenTodayMinor > 0 || stop.visit?.isOwn === true
}

export const orders = ['walk', 'near', 'late'] as const
export type Order = (typeof orders)[number]

export type StopFromHere = StopView & { metres: number | null }

/** In walking order as they come; else the nearest, or what is owed longest, first. Who has no pin or no debt comes last. */
export function inOrder(
  stops: ReadonlyArray<StopView>,
  order: Order,
  here: Position | null,
): ReadonlyArray<StopView | StopFromHere> {
  if (order === 'late') {
    const LAST = '9999'
    return [...stops].sort(
      (a, b) =>
        (a.oldestDueOn ?? LAST).localeCompare(b.oldestDueOn ?? LAST) || b.owedMinor - a.owedMinor,
    )
  }
  if (order === 'near' && here) {
    return stops
      .map((stop) => ({ ...stop, metres: metresTo(stop, here) }))
      .sort((a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity) || a.position - b.position)
  }
  return stops
}

export function metresTo({ latitude, longitude }: StopView, here: Position): number | null {
  if (latitude === null || longitude === null) return null
  return metresBetween(here, { latitude, longitude })
}
