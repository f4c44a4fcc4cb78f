import { expect, test } from 'vitest'
import { reasonText } from './reason'

test.each([
  ['Prepaid time is used up', { key: 'reason.used_up' }],
  ['Cut off: 30 days past due', { key: 'reason.cut_off', rest: '30 days past due' }],
  ['Paused until 3 Nov 2026', { key: 'reason.paused_until', rest: '3 Nov 2026' }],
  ['Ended on 3 Nov 2026', { key: 'reason.ended', rest: '3 Nov 2026' }],
  ['Something new', null],
  ['toString', null],
])('%s', (reason, text) => {
  expect(reasonText(reason)).toEqual(text)
})
