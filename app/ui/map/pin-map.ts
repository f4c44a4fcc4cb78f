import { Marker } from 'maplibre-gl'
import type { Position } from '~/domain/map-point'
import { CLOSE_ZOOM, fit, motion, plainMap } from './plain-map'
import { roleColor } from './role-color'

export type PinMap = { move: (position: Position | null) => void; remove: () => void }

/** One place to point at: a click or a drag sets the pin. Known neighbours give the bearings. */
export function pinMap(
  box: HTMLElement,
  options: {
    position: Position | null
    neighbours: ReadonlyArray<Position>
    onPick?: (position: Position) => void
  },
): PinMap {
  const { position, neighbours, onPick } = options
  const map = plainMap(box)
  const marker = new Marker({ color: roleColor('--accent'), draggable: onPick !== undefined })

  map.on('load', () => {
    map.addSource('neighbours', {
      type: 'geojson',
      data: {
        type: 'FeatureCollection',
        features: neighbours.map((near) => ({
          type: 'Feature',
          properties: {},
          geometry: { type: 'Point', coordinates: [near.longitude, near.latitude] },
        })),
      },
    })
    map.addLayer({
      id: 'neighbours',
      type: 'circle',
      source: 'neighbours',
      paint: {
        'circle-radius': 3.5,
        'circle-color': roleColor('--line-strong'),
        'circle-stroke-width': 1,
        'circle-stroke-color': roleColor('--surface'),
      },
    })
  })

  function place(next: Position | null) {
    if (!next) {
      marker.remove()
      return
    }
    marker.setLngLat([next.longitude, next.latitude]).addTo(map)
  }

  if (onPick) {
    map.on('click', ({ lngLat }) => onPick({ longitude: lngLat.lng, latitude: lngLat.lat }))
    marker.on('dragend', () => {
      const { lng, lat } = marker.getLngLat()
      onPick({ longitude: lng, latitude: lat })
    })
  }

  place(position)
  if (position)
    map.jumpTo({ center: [position.longitude, position.latitude], zoom: CLOSE_ZOOM - 1 })
  else if (neighbours.length > 0) fit(map, neighbours)

  return {
    move(next) {
      place(next)
      if (next && !map.getBounds().contains([next.longitude, next.latitude])) {
        map.easeTo({ center: [next.longitude, next.latitude], zoom: CLOSE_ZOOM - 1, ...motion() })
      }
    },
    remove: () => map.remove(),
  }
}
