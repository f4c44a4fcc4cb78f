import { useEffect, useRef, useState } from 'react'
import { useT } from '~/i18n/use-t'
import type { PointMap } from './point-map'
import { MapBox } from './map-box'
import type { MapPoint } from '~/domain/map-point'

/** Every subscriber with a place. `chosen` is brought into sight when it changes. */
export function SubscriberMap(props: {
  points: ReadonlyArray<MapPoint>
  chosen: MapPoint | null
  onChoose: (id: string) => void
  className?: string
}) {
  const { points, chosen, onChoose, className } = props
  const t = useT('plant')
  const box = useRef<HTMLDivElement>(null)
  const choose = useRef(onChoose)
  const [map, setMap] = useState<PointMap | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const hasFitted = useRef(false)

  useEffect(() => {
    choose.current = onChoose
  })

  useEffect(() => {
    let isGone = false
    let made: PointMap | null = null
    import('./point-map').then(
      ({ pointMap }) => {
        if (isGone || !box.current) return
        made = pointMap(box.current, (id) => choose.current(id))
        setMap(made)
      },
      () => setFailed(true),
    )
    return () => {
      isGone = true
      made?.remove()
    }
  }, [])

  useEffect(() => {
    if (!map) return
    map.show(points)
    if (hasFitted.current || points.length === 0) return
    hasFitted.current = true
    map.fit(points)
  }, [map, points])

  useEffect(() => {
    if (map && chosen) map.goTo(chosen)
  }, [map, chosen])

  return (
    <MapBox
      ref={box}
      label={t('map.subscribers')}
      isReady={map !== null}
      hasFailed={hasFailed}
      className={className}
    />
  )
}
