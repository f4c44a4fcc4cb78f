import { expect, test } from 'vitest'
import { directionsTo } from './directions'

test('a place opens in the maps the phone has', () => {
  const spot = '8.4822,124.6472'
  expect(directionsTo(spot, 'Mozilla/5.0 (Linux; Android 13)')).toBe(`geo:${spot}?q=${spot}`)
  expect(directionsTo(spot, 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)')).toBe(
    `https://maps.apple.com/?daddr=${spot}`,
  )
})
