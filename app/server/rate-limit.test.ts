import { expect, test } from 'vitest'
import { rateLimit } from './rate-limit.server'

test('a key may try as often as allowed, then waits for its window to end', () => {
  const limit = rateLimit({ attempts: 2, minutes: 1 })

  expect([limit.take('ana', 0), limit.take('ana', 10), limit.take('ana', 59_999)]).toEqual([
    true,
    true,
    false,
  ])
  expect(limit.take('ana', 60_000)).toBe(true)
})

test('one key never uses up the tries of another', () => {
  const limit = rateLimit({ attempts: 1, minutes: 1 })
  limit.take('ana', 0)

  expect(limit.take('ben', 0)).toBe(true)
})

test('a success clears the count', () => {
  const limit = rateLimit({ attempts: 1, minutes: 1 })
  limit.take('ana', 0)
  limit.forget('ana')

  expect(limit.take('ana', 1)).toBe(true)
})

test('a flood of keys does not grow without end, and new keys may still try', () => {
  const limit = rateLimit({ attempts: 1, minutes: 1 })
  for (let index = 0; index < 60_000; index += 1) limit.take(`key ${index}`, 0)

  expect(limit.take('ana', 1)).toBe(true)
})
