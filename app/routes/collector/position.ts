import { useEffect, useState } from 'react'
import type { Position } from '~/domain/map-point'

/** Where the phone is: followed while it is asked for, and known to nobody else. */
export type Whereabouts =
  | { state: 'unasked' | 'finding' | 'refused' }
  | { state: 'found'; at: Position; accuracyMetres: number }

const OLD_MILLISECONDS = 15_000
const WAIT_MILLISECONDS = 30_000

export function usePosition(isAsked: boolean): Whereabouts {
  const [where, setWhere] = useState<Whereabouts>({ state: 'finding' })

  useEffect(() => {
    if (!isAsked) return
    if (!('geolocation' in navigator)) return setWhere({ state: 'refused' })
    const watch = navigator.geolocation.watchPosition(
      ({ coords }) =>
        setWhere({
          state: 'found',
          at: { latitude: coords.latitude, longitude: coords.longitude },
          accuracyMetres: coords.accuracy,
        }),
      () => setWhere((known) => (known.state === 'found' ? known : { state: 'refused' })),
      { enableHighAccuracy: true, maximumAge: OLD_MILLISECONDS, timeout: WAIT_MILLISECONDS },
    )
    return () => navigator.geolocation.clearWatch(watch)
  }, [isAsked])

  return isAsked ? where : { state: 'unasked' }
}
