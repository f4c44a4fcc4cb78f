import type { StopView } from '~/offline/view'

/** Doors still to knock on: something is owed, or prepaid time has run out, and nothing was taken today. */
export function isToCollect(stop: StopView) {
  const hasRunOut = stop.paidUntilOn !== null && stop.isOn === false
  return stop.takenTodayMinor === 0 && (stop.owedMinor > 0 || hasRunOut)
}

export function isDone(stop: StopView) {
  return stop.takenTodayMinor > 0 || stop.visit !== null
}
