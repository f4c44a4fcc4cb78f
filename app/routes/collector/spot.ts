const WAIT_MILLISECONDS = 1_500

/** A fix by cell towers may be streets or villages off: it would say where the collector was not. */
const WORST_ACCURACY_METRES = 250

export type Spot = { latitude: number; longitude: number }

/** Where the phone is, if it already may know and knows at once. A receipt never waits for a satellite. */
export async function spotNow(): Promise<Spot | undefined> {
  if (!('geolocation' in navigator) || !('permissions' in navigator)) return undefined
  try {
    const permission = await navigator.permissions.query({ name: 'geolocation' })
    if (permission.state !== 'granted') return undefined
  } catch {
    return undefined
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), WAIT_MILLISECONDS)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(timer)
        const isGood = coords.accuracy <= WORST_ACCURACY_METRES
        resolve(isGood ? { latitude: coords.latitude, longitude: coords.longitude } : undefined)
      },
      () => {
        clearTimeout(timer)
        resolve(undefined)
      },
      { maximumAge: 60_000, timeout: WAIT_MILLISECONDS },
    )
  })
}
