import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  civilDay,
  civilTime,
  daysBetween,
  firstOfMonth,
  isRealDay,
  lastOfMonth,
  weekdayOf,
} from './calendar'

test.each([
  ['2026-11-03', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-1-1', false],
  ['0000-01-01', false],
  ['0206-11-03', false],
  ['9999-12-31', false],
  ['3 Nov 2026', false],
  ['', false],
])('%s is a real day: %s', (text, real) => {
  expect(isRealDay(text)).toBe(real)
})

test.each([
  { anchor: '2026-01-31', count: 1, gives: '2026-02-28' },
  { anchor: '2026-01-31', count: 2, gives: '2026-03-31', because: 'counted from the anchor' },
  { anchor: '2024-01-31', count: 1, gives: '2024-02-29' },
  { anchor: '2026-11-15', count: 3, gives: '2027-02-15' },
  { anchor: '2026-03-31', count: -1, gives: '2026-02-28' },
  { anchor: '2026-01-15', count: -13, gives: '2024-12-15' },
  { anchor: '2026-05-05', count: 0, gives: '2026-05-05' },
])('$anchor and $count months is $gives', ({ anchor, count, gives }) => {
  expect(addMonths(anchor, count)).toBe(gives)
})

test('days are counted half-open', () => {
  expect(daysBetween('2026-02-01', '2026-03-01')).toBe(28)
  expect(daysBetween('2026-03-01', '2026-02-01')).toBe(-28)
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
})

test('adding days and counting them agree', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 20_000 }), (count) => {
      expect(daysBetween('2026-01-31', addDays('2026-01-31', count))).toBe(count)
    }),
  )
})

test('months have ends', () => {
  expect(firstOfMonth('2026-02-17')).toBe('2026-02-01')
  expect(lastOfMonth('2026-02-17')).toBe('2026-02-28')
  expect(weekdayOf('2026-11-01')).toBe(0)
})

test('an instant belongs to the civil day of its time zone', () => {
  expect(civilDay('2026-11-02T16:00:00Z', 'Asia/Manila')).toBe('2026-11-03')
  expect(civilDay('2026-11-02T15:59:59Z', 'Asia/Manila')).toBe('2026-11-02')
  expect(civilTime('2026-11-02T16:05:00Z', 'Asia/Manila')).toBe('00:05')
})
