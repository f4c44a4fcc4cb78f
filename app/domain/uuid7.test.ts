import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uuid7 } from './uuid7'

const random = fc.uint8Array({ minLength: 10, maxLength: 10 })
const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('the id carries its time, version 7 and the variant', () => {
  expect(uuid7(0x017f22e279b0, new Uint8Array(10).fill(0xff))).toBe(
    '017f22e2-79b0-7fff-bfff-ffffffffffff',
  )
})

test('every id is well formed, and a later one sorts behind', () => {
  fc.assert(
    fc.property(instant, instant, random, random, (a, b, x, y) => {
      const [first, second] = [uuid7(a, x), uuid7(b, y)]
      expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      if (a < b) expect(first < second).toBe(true)
    }),
  )
})

test('too little randomness is refused', () => {
  expect(() => uuid7(0, new Uint8Array(9))).toThrow(RangeError)
  expect(() => uuid7(-1, new Uint8Array(10))).toThrow(RangeError)
})
