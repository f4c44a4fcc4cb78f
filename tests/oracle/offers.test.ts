import { test } from 'vitest'
import { expectEqual } from './agree.ts'
import { SEED } from './world.ts'

test('what is earned by paying on time', async () => {
  const setting = { zone: 'Asia/Manila', invoiceDay: 1, rateBp: 1200, subscribers: 40, months: 30 }
  await expectEqual({ ...setting, seed: SEED, themes: ['offers'] })
}, 300_000)
