// Late fees: once a stage, capped, taxed, waived with a reason.

import { expect, test } from 'vitest'
import { sql } from './database.ts'
import { ana, billDecember, calendar, dun, north, PRICE } from './dunned.ts'
import { bill, expectSound, pay } from './money.ts'

test('a late fee is charged once a stage, within its cap, never on a fee, and taxed as the rest', async () => {
  await sql`update tenancy.tax_regimes set regime = 'vat', rate_bp = 1200 where tenant_id = ${north.id}`
  await calendar({
    late_fee_kind: 'percent',
    late_fee_bp: 333,
    late_fee_cap_minor: 5_000,
    late_fee_stages: ['warned', 'suspended'],
  })
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-17')
  await dun('2026-12-28')
  // 3.33 % of 999.00 is 33.27; the second stage gets what the cap leaves.
  expect(await north.owner.read('late_fees')).toMatchObject([
    { stage: 'warned', base_minor: PRICE, amount_minor: 3_327, state: 'waiting' },
    { stage: 'suspended', base_minor: PRICE, amount_minor: 1_673, state: 'waiting' },
  ])

  await bill(north, '2027-01-01')
  const [january] = await north.owner.read('invoices', { period: '2027-01-01' })
  expect(january).toMatchObject({
    total_minor: PRICE + 5_000,
    vat_minor: Math.round(((PRICE + 5_000) * 12) / 112),
  })
  await pay(north.owner, { subscriber_id: ana, amount_minor: PRICE })
  await dun('2027-01-16')
  const [, , third] = await north.owner.read('late_fees')
  expect(third).toMatchObject({ base_minor: PRICE, amount_minor: 3_327 })
  await expectSound(north)
})

test('a late fee is waived with a reason before an invoice takes it, and not after', async () => {
  await calendar({
    late_fee_kind: 'amount',
    late_fee_minor: 5_000,
    late_fee_stages: ['warned', 'suspended'],
  })
  await billDecember()
  await dun('2026-12-16')
  const [fee] = await north.owner.read('late_fees')
  const waive = (id: unknown, reason: string) =>
    north.owner.call('waive_late_fee', { late_fee_id: id, reason })
  await expect(waive(fee?.['id'], '')).rejects.toMatchObject({ detail: 'reason_missing' })
  const cashier = await north.member('billing.read', 'payments.record')
  await expect(
    cashier.call('waive_late_fee', { late_fee_id: fee?.['id'], reason: 'first time' }),
  ).rejects.toMatchObject({ code: 'PT403' })
  await waive(fee?.['id'], 'first time')
  await waive(fee?.['id'], 'first time')
  await expect(waive(fee?.['id'], 'another')).rejects.toMatchObject({ detail: 'already_waived' })

  await dun('2026-12-28')
  await bill(north, '2027-01-01')
  const lines = await north.owner.read('invoice_lines', { kind: 'late_fee' })
  expect(lines).toHaveLength(1)
  const [, second] = await north.owner.read('late_fees')
  expect(second).toMatchObject({ state: 'billed' })
  await expect(waive(second?.['id'], 'too late')).rejects.toMatchObject({
    detail: 'late_fee_billed',
  })
})
