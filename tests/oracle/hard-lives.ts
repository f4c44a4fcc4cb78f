// Lives that chance seldom tells: what is given back is more than there is, something waits at an end, and a price is planned and planned anew.

import { dayOf } from './days.ts'
import { type Life, type Moment, PLANS, type Story } from './story.ts'

const at = (month: number, date: number): Moment => ({
  day: dayOf(2027, month, date),
  second: 40_000,
})
const start = (plan: number): Life[number] => ({
  ...at(1, 1),
  do: 'start',
  plan,
  anchor: null,
  ago: 0,
})

/** The invoice of its last month came to next to nothing, because it gave the pause back; its days were charged in full. */
const endsAfterPause: Life = [
  start(0),
  { ...at(2, 2), do: 'pause', service: 0, shift: 0, days: 27 },
  { ...at(3, 3), do: 'end', service: 0, shift: 0 },
]

/** Paused for longer than the next invoice has room for. */
const longAway: Life = [
  start(0),
  { ...at(1, 2), do: 'pause', service: 0, shift: 0, days: 50 },
  { ...at(4, 2), do: 'end', service: 0, shift: 0 },
]

const given = {
  do: 'charge',
  service: null,
  isPercent: false,
  parts: null,
  times: 1,
  isConditional: false,
  ahead: 0,
  lasts: null,
} as const

/** Ends with a credit that no invoice will take, and with parts of a sum that none will ask. */
const endsWithWaiting: Life = [
  start(0),
  { ...at(3, 10), ...given, kind: 'one_time', size: 400, parts: 6, times: 6 },
  { ...at(5, 10), ...given, kind: 'discount', size: 900 },
  { ...at(5, 11), ...given, kind: 'discount', size: 990 },
  { ...at(5, 20), do: 'end', service: 0, shift: 12 },
]

/** The discount alone, after all was billed. */
const endsWithCredit: Life = [
  start(0),
  { ...at(5, 10), ...given, kind: 'discount', size: 900 },
  { ...at(5, 20), do: 'end', service: 0, shift: 12 },
]

export const hardLives: Story = {
  seed: 0,
  zone: 'Asia/Manila',
  invoiceDay: 1,
  rateBp: 1200,
  lateFee: null,
  from: dayOf(2027, 1, 1),
  until: dayOf(2027, 6, 2),
  plans: PLANS,
  turns: [
    { ...at(1, 5), do: 'price', plan: 1, price: 160_000, ahead: 30, isFollowed: true },
    { ...at(1, 6), do: 'price', plan: 1, price: 190_000, ahead: 80, isFollowed: true },
    { ...at(1, 7), do: 'price', plan: 1, price: 170_000, ahead: 60, isFollowed: false },
  ],
  outages: [],
  lives: [endsAfterPause, longAway, [start(1)], endsWithWaiting, endsWithCredit],
}
