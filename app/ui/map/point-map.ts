import { Marker, type GeoJSONSource, type Map as MapLibre } from 'maplibre-gl'
import type { Standing } from '~/domain/subscriber'
import { BADGE_PIXEL_RATIO, countBadge, LATE_PARTS } from './cluster-badge'
import type { MapPoint, Position } from '~/domain/map-point'
import { CLOSE_ZOOM, fit, motion, plainMap } from './plain-map'
import { roleColor } from './role-color'

const SOURCE = 'subscribers'
const CLUSTER_RADIUS_PIXELS = 46
const CLUSTER_UNTIL_ZOOM = 16
const NAME_ABOVE_PIXELS = 24
const NAME_WIDTH_PIXELS = 72
const NAME_HEIGHT_PIXELS = 22

/** The colour role of each standing; the legend beside the map names them in words. */
const standingRoles: Record<Standing, string> = {
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
  let names: Array<Marker> = []

  map.setMissingStyleImageResolver((id) => {
    const [, count, late] = /^count-(.+)-(\d+)$/.exec(id) ?? []
    if (!count || map.hasImage(id)) return
    map.addImage(id, countBadge(count, Number(late)), { pixelRatio: BADGE_PIXEL_RATIO })
  })

  map.on('load', () => {
    map.addSource(SOURCE, {
      type: 'geojson',
      data: features(waiting),
      cluster: true,
      clusterRadius: CLUSTER_RADIUS_PIXELS,
      clusterMaxZoom: CLUSTER_UNTIL_ZOOM,
      clusterProperties: {
        late: [
          '+',
          ['case', ['in', ['get', 'standing'], ['literal', ['overdue', 'suspended']]], 1, 0],
        ],
      },
    })
    map.addLayer({
      id: 'clusters',
      type: 'symbol',
      source: SOURCE,
      filter: ['has', 'point_count'],
      layout: {
        // The count, and how many tenths of them are late: `count-105-2`.
        'icon-image': [
          'concat',
          'count-',
          ['get', 'point_count_abbreviated'],
          '-',
          ['ceil', ['/', ['*', LATE_PARTS, ['get', 'late']], ['get', 'point_count']]],
        ],
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

  map.on('idle', () => thinOut(map, names))

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
      for (const name of names) name.remove()
      names = placeNames(map, points)
      void map.getSource<GeoJSONSource>(SOURCE)?.setData(features(points))
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

/** Names of places in the middle of the people who live there: the only bearings on an empty ground. */
function placeNames(map: MapLibre, points: ReadonlyArray<MapPoint>) {
  const places = new Map<string, Array<MapPoint>>()
  for (const point of points) {
    if (point.place) places.set(point.place, [...(places.get(point.place) ?? []), point])
  }
  return [...places].map(([name, people]) => {
    const label = document.createElement('span')
    label.textContent = name
    label.className =
      'pointer-events-none text-xs font-medium text-soft [text-shadow:0_0_3px_var(--sunken),0_0_3px_var(--sunken)]'
    return new Marker({ element: label, anchor: 'bottom', offset: [0, -NAME_ABOVE_PIXELS] })
      .setLngLat([
        mean(people.map((person) => person.longitude)),
        mean(people.map((person) => person.latitude)),
      ])
      .addTo(map)
  })
}

/** Where names would lie on one another only the first of them stays, and none lies on a count. */
function thinOut(map: MapLibre, names: ReadonlyArray<Marker>) {
  const kept: Array<{ x: number; y: number }> = []
  for (const name of names) {
    const at = map.project(name.getLngLat())
    const isCrowded = kept.some(
      (other) =>
        Math.abs(other.x - at.x) < NAME_WIDTH_PIXELS &&
        Math.abs(other.y - at.y) < NAME_HEIGHT_PIXELS,
    )
    const isOnCount =
      map.getLayer('clusters') !== undefined &&
      map.queryRenderedFeatures(boxOfName(at), { layers: ['clusters'] }).length > 0
    name.getElement().style.visibility = isCrowded || isOnCount ? 'hidden' : 'visible'
    if (!isCrowded && !isOnCount) kept.push(at)
  }
}

function boxOfName({ x, y }: { x: number; y: number }): [[number, number], [number, number]] {
  const bottom = y - NAME_ABOVE_PIXELS
  return [
    [x - NAME_WIDTH_PIXELS / 2, bottom - NAME_HEIGHT_PIXELS + 4],
    [x + NAME_WIDTH_PIXELS / 2, bottom],
  ]
}

function mean(values: ReadonlyArray<number>) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
