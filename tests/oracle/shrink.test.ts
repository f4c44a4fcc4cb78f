// A story that is made smaller must still show what was found.

import { expect, test } from 'vitest'
import { dayOf } from './days.ts'
import { type Difference } from './replay.ts'
import { shrink } from './shrink.ts'
import { type Life, PLANS, type Story } from './story.ts'

const START = dayOf(2027, 1, 1)

const life: Life = [
  { do: 'start', day: START, second: 1, plan: 0, anchor: null, ago: 0 },
  { do: 'void_invoice', day: START + 40, second: 1, nth: 0 },
  { do: 'spend_credit', day: START + 50, second: 1 },
  { do: 'void_invoice', day: START + 60, second: 1, nth: 0 },
]

const story: Story = {
  seed: 1,
  zone: 'Asia/Manila',
  invoiceDay: 1,
  rateBp: 1200,
  lateFee: null,
  from: START,
  until: START + 100,
  plans: PLANS,
  lives: [life],
  turns: [],
  outages: [{ from: START + 1, until: START + 2 }],
}

const differs = (what: string, product: unknown = 1, oracle: unknown = 2): Difference => ({
  life: 0,
  day: START + 70,
  what,
  product,
  oracle,
})

const has = (smaller: Story, what: string) =>
  (smaller.lives[0] ?? []).some((one) => one.do === what)

test('a smaller story fails as the whole one did, not in another way', async () => {
  const found = differs('invoice 34', ['2027-01-01', 10, 'open'], ['2027-01-01', 12, 'open'])
  const { story: smallest, difference } = await shrink(story, found, (smaller) => {
    // Without its start, what comes after it is refused; without the voids, something else differs.
    if (!has(smaller, 'start')) return Promise.resolve(differs('refused', 'No such invoice'))
    if (!has(smaller, 'void_invoice')) return Promise.resolve(differs('credit'))
    return Promise.resolve(
      differs('invoice 2', ['2027-01-01', 3, 'open'], ['2027-01-01', 4, 'open']),
    )
  })
  expect(difference.what).toBe('invoice 2')
  expect(smallest.lives[0]?.map((one) => one.do)).toEqual(['start', 'void_invoice'])
  expect(smallest.outages).toEqual([])
})

test('a refusal is the same as another of its words, whatever its sums are', async () => {
  const found = differs('refused', 'Of this payment no more than 1,250.00 can be given back.')
  const { difference } = await shrink(story, found, (smaller) =>
    Promise.resolve(
      has(smaller, 'spend_credit')
        ? differs('refused', 'Of this payment no more than 3.00 can be given back.')
        : differs('refused', 'This payment is void already.'),
    ),
  )
  expect(difference.product).toBe('Of this payment no more than 3.00 can be given back.')
})
