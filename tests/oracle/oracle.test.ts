// The whole of billing against an independent reckoning: 1,000 subscribers, 60 months, day by day.

import { expect, test } from 'vitest'
import { expectEqual } from './agree.ts'
import { type Setting } from './story.ts'

/** Set ORACLE_SEED to tell other stories; a red run prints the one it told. */
const SEED = Number(process.env['ORACLE_SEED'] ?? 20_270_101)

const MONTHS = 60

const worlds: ReadonlyArray<Omit<Setting, 'seed' | 'months'>> = [
  { zone: 'Asia/Manila', invoiceDay: 1, rateBp: 1200, subscribers: 400 },
  { zone: 'Pacific/Kiritimati', invoiceDay: 31, rateBp: 0, subscribers: 250 },
  { zone: 'Pacific/Pago_Pago', invoiceDay: 15, rateBp: 1200, subscribers: 200 },
  {
    zone: 'America/New_York',
    invoiceDay: 28,
    rateBp: 0,
    subscribers: 150,
    lateFee: { amount: null, percentBp: 250, cap: 5000, stages: ['due', 'warned'] },
  },
]

test.each(worlds)(
  'every invoice, line, allocation and balance of $subscribers subscribers in $zone, billed on the $invoiceDay',
  async (world) => {
    const count = await expectEqual({
      ...world,
      months: MONTHS,
      seed: SEED + world.invoiceDay,
    })
    expect(count.invoices).toBeGreaterThan(world.subscribers * 20)
  },
  1_800_000,
)

test('what is earned by paying on time', async () => {
  const setting = { zone: 'Asia/Manila', invoiceDay: 1, rateBp: 1200, subscribers: 40, months: 30 }
  await expectEqual({ ...setting, seed: SEED, themes: ['offers'] })
}, 300_000)
