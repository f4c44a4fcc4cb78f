import { expect, test } from 'vitest'
import { dayStart } from './day-start'

test.each([
  ['2026-11-03', 'Asia/Manila', '2026-11-02T16:00:00.000Z'],
  ['2026-11-03', 'UTC', '2026-11-03T00:00:00.000Z'],
  ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
  // The day before is none of our days, and a person may have typed it.
  ['1900-01-01', 'Asia/Manila', '1899-12-31T16:00:00.000Z'],
])('%s begins in %s at %s', (day, timeZone, instant) => {
  expect(dayStart(day, timeZone).toISOString()).toBe(instant)
})
