// The heavy part of every map. Only ever imported lazily, in the browser.
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import {
  LngLatBounds,
  Map as MapLibre,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type StyleSpecification,
} from 'maplibre-gl'
import type { Standing } from '~/ui/subscribers/subscriber'
import { fallbackPosition, type MapPoint, type Position } from './map-point'

// Without this the map stays empty once it is bundled.
setWorkerUrl(workerUrl)

const SOURCE = 'subscribers'
const CLUSTER_RADIUS_PIXELS = 46
const CLUSTER_UNTIL_ZOOM = 16
const CLOSE_ZOOM = 17
const BADGE_PIXEL_RATIO = 2

/** The colour role of each standing; the legend beside the map names them in words. */
export const standingRoles: Record<Standing, string> = {
  active: '--success',
  overdue: '--warn',
  suspended: '--danger',
  pending: '--info',
  ended: '--ink-faint',
  none: '--ink-faint',
}

export type PointMap = {
  show: (points: ReadonlyArray<MapPoint>) => void
  goTo: (point: MapPoint) => void
  fit: (points: ReadonlyArray<Position>) => void
  remove: () => void
}

/** Thousands of subscribers, gathered into counted circles until one looks closer. */
export function pointMap(box: HTMLElement, onPick: (id: string) => void): PointMap {
  const map = plainMap(box)
  let waiting: ReadonlyArray<MapPoint> = []

  map.setMissingStyleImageResolver((id) => {
    if (!id.startsWith('count-') || map.hasImage(id)) return
    map.addImage(id, countBadge(id.slice('count-'.length)), { pixelRatio: BADGE_PIXEL_RATIO })
  })

  map.on('load', () => {
    map.addSource(SOURCE, {
      type: 'geojson',
      data: features(waiting),
      cluster: true,
      clusterRadius: CLUSTER_RADIUS_PIXELS,
      clusterMaxZoom: CLUSTER_UNTIL_ZOOM,
    })
    map.addLayer({
      id: 'clusters',
      type: 'symbol',
      source: SOURCE,
      filter: ['has', 'point_count'],
      layout: {
        'icon-image': ['concat', 'count-', ['get', 'point_count_abbreviated']],
        'icon-allow-overlap': true,
      },
    })
    map.addLayer({
      id: 'points',
      type: 'circle',
      source: SOURCE,
      filter: ['!', ['has', 'point_count']],
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 11, 4.5, 17, 8],
        'circle-color': [
          'match',
          ['get', 'standing'],
          ...Object.entries(standingRoles).flatMap(([standing, role]) => [
            standing,
            roleColor(role),
          ]),
          roleColor('--ink-faint'),
        ] as unknown as string,
        'circle-stroke-width': 1.5,
        'circle-stroke-color': roleColor('--surface'),
      },
    })
    for (const layer of ['clusters', 'points']) {
      map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'))
      map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''))
    }
  })

  map.on('click', 'points', (event) => {
    const id: unknown = event.features?.[0]?.properties.id
    if (typeof id === 'string') onPick(id)
  })

  map.on('click', 'clusters', (event) => {
    const clusterId: unknown = event.features?.[0]?.properties.cluster_id
    if (typeof clusterId !== 'number') return
    void map
      .getSource<GeoJSONSource>(SOURCE)
      ?.getClusterExpansionZoom(clusterId)
      .then((zoom) => map.easeTo({ center: event.lngLat, zoom, ...motion() }))
  })

  return {
    show(points) {
      waiting = points
      map.getSource<GeoJSONSource>(SOURCE)?.setData(features(points))
    },
    goTo(point) {
      map.easeTo({
        center: [point.longitude, point.latitude],
        zoom: Math.max(map.getZoom(), CLOSE_ZOOM),
        ...motion(),
      })
    },
    fit: (points) => fit(map, points),
    remove: () => map.remove(),
  }
}

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

function plainMap(box: HTMLElement) {
  const map = new MapLibre({
    container: box,
    style: plainStyle(),
    center: [fallbackPosition.longitude, fallbackPosition.latitude],
    zoom: 12,
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
  })
  map.touchZoomRotate.disableRotation()
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left')
  return map
}

function plainStyle(): StyleSpecification {
  return {
    version: 8,
    sources: {},
    layers: [
      {
        id: 'ground',
        type: 'background',
        paint: { 'background-color': roleColor('--sunken') },
      },
    ],
  }
}

function fit(map: MapLibre, points: ReadonlyArray<Position>) {
  if (points.length === 0) return
  const bounds = new LngLatBounds()
  for (const point of points) bounds.extend([point.longitude, point.latitude])
  map.fitBounds(bounds, { padding: 48, maxZoom: CLOSE_ZOOM, duration: 0 })
}

function features(points: ReadonlyArray<MapPoint>): Parameters<GeoJSONSource['setData']>[0] {
  return {
    type: 'FeatureCollection',
    features: points.map((point) => ({
      type: 'Feature',
      properties: { id: point.id, standing: point.standing },
      geometry: { type: 'Point', coordinates: [point.longitude, point.latitude] },
    })),
  }
}

/** Drawn here, because text on a map needs font files from a server and a picture does not. */
function countBadge(count: string) {
  const size = (count.length > 2 ? 40 : 32) * BADGE_PIXEL_RATIO
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const pen = canvas.getContext('2d')
  if (!pen) return { width: 1, height: 1, data: new Uint8Array(4) }

  pen.fillStyle = roleColor('--surface')
  pen.beginPath()
  pen.arc(size / 2, size / 2, size / 2, 0, 2 * Math.PI)
  pen.fill()
  pen.fillStyle = roleColor('--accent')
  pen.beginPath()
  pen.arc(size / 2, size / 2, size / 2 - 2 * BADGE_PIXEL_RATIO, 0, 2 * Math.PI)
  pen.fill()
  pen.fillStyle = roleColor('--accent-ink')
  pen.font = `600 ${12 * BADGE_PIXEL_RATIO}px Inter, sans-serif`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(count, size / 2, size / 2 + BADGE_PIXEL_RATIO / 2)
  return pen.getImageData(0, 0, size, size)
}

function roleColor(role: string) {
  return getComputedStyle(document.documentElement).getPropertyValue(role).trim() || '#46525e'
}

function motion() {
  const isReduced = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  return { duration: isReduced ? 0 : 150 }
}
