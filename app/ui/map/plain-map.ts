// The heavy part of every map. Only ever imported lazily, in the browser.
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import {
  LngLatBounds,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type StyleSpecification,
} from 'maplibre-gl'
import { fallbackPosition, type Position } from '~/domain/map-point'
import { roleColor } from './role-color'

// Without this the map stays empty once it is bundled.
setWorkerUrl(workerUrl)

export const CLOSE_ZOOM = 17

/** A plain ground: no npm package holds streets that are good in a city. */
export function plainMap(box: HTMLElement) {
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

export function fit(map: MapLibre, points: ReadonlyArray<Position>) {
  if (points.length === 0) return
  const bounds = new LngLatBounds()
  for (const point of points) bounds.extend([point.longitude, point.latitude])
  map.fitBounds(bounds, { padding: 48, maxZoom: CLOSE_ZOOM, duration: 0 })
}

/** As long as a movement may last for this person. */
export function motion() {
  const isReduced = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  return { duration: isReduced ? 0 : 150 }
}
