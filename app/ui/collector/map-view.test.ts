import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceWords, metresBetween } from '~/domain/map-point'
import { fitting, flat, nearestPin, niceMetres } from './map-view'

const cdo = { latitude: 8.4772, longitude: 124.6472 }
const size = { width: 358, height: 420 }
const near = fc.record({
  latitude: fc.double({ min: 8.4, max: 8.55, noNaN: true }),
  longitude: fc.double({ min: 124.55, max: 124.75, noNaN: true }),
})

test('a degree of latitude is about 111 kilometres, and words are short', () => {
  const north = { ...cdo, latitude: cdo.latitude + 1 }
  expect(metresBetween(cdo, north)).toBeCloseTo(111_195, -2)
  expect([3, 47, 352, 994, 1_240, 23_400].map(distanceWords)).toEqual([
    '10 m',
    '50 m',
    '350 m',
    '990 m',
    '1.2 km',
    '23 km',
  ])
})

test('on the flat map a way is as long as on the ground', () => {
  fc.assert(
    fc.property(near, (at) => {
      const { x, y } = flat(at, cdo)
      expect(Math.abs(Math.hypot(x, y) - metresBetween(cdo, at))).toBeLessThan(60)
    }),
  )
})

test('everything is in sight at first, and a tap on a pin picks it', () => {
  fc.assert(
    fc.property(fc.array(near, { minLength: 1, maxLength: 40 }), (places) => {
      const pins = places.map((at, id) => ({ id: String(id), ...flat(at, cdo) }))
      const view = fitting(pins, size)
      for (const pin of pins) {
        const on = {
          x: size.width / 2 + (pin.x - view.x) * view.scale,
          y: size.height / 2 - (pin.y - view.y) * view.scale,
        }
        expect(on.x >= 0 && on.x <= size.width && on.y >= 0 && on.y <= size.height).toBe(true)
        expect(nearestPin(pins, view, size, on)).not.toBeNull()
      }
    }),
  )
  expect(
    nearestPin([{ id: 'a', x: 0, y: 0 }], { x: 0, y: 0, scale: 1 }, size, { x: 0, y: 0 }),
  ).toBeNull()
})

test('the bar of the scale is a round length', () => {
  expect([12, 49, 70, 260, 1_900].map(niceMetres)).toEqual([10, 20, 50, 200, 1_000])
})
