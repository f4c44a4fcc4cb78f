import type { StopView } from '~/offline/view'

/** Doors still to knock on: something is owed, or prepaid time has run out, and nothing was taken today. */
export function isToCollect(stop: StopView) {
  return stop.takenTodayMinor === 0 && (stop.owedMinor > 0 || stop.hasRunOut)
}

export function isDone(stop: StopView) {
  return stop.takenTodayMinor > 0 || stop.visit !== null
}
