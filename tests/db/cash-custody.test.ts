// Where the cash goes after it was counted, what a collector owes, and how much one may carry.

import { expect, test } from 'vitest'
import { ownDatabase, setClock } from './database.ts'
import { approvedDevice, NOON, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { expectSound, pay } from './money.ts'
import { signUpTenant, type Stage, type Tenant } from './story.ts'

const PHOTO = {
  content_type: 'image/png',
  base64: Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(80)]).toString(
    'base64',
  ),
}

/** An office with ₱1,000.00 of counted cash of one collector, and ₱500.00 more from the counter. */
async function office(stage?: Stage) {
  if (!stage) await setClock(NOON)
  const isp = await signUpTenant('Kalye Fiber', stage)
  const collector = await isp.collector()
  const cashier = await isp.member('remittances.count', 'collections.read', 'payments.record')
  const manager = await isp.member('remittances.approve', 'collections.read', 'collections.settle')
  const subscriber = await isp.subscriber()
  const phone = await phoneOf(collector)
  const handIn = async (amount: number, counted = amount) => {
    const sent = phone.command('submit_remittance', { declared_minor: counted })
    await phone.push(phone.payment(subscriber, amount), sent)
    await cashier.call('count_remittance', { remittance_id: sent.id, counted_minor: counted })
    return sent.id
  }
  const remittance = await handIn(100_000)
  await pay(cashier, { subscriber_id: subscriber, amount_minor: 50_000 })
  const deposit = (more: object = {}) => ({
    deposit: { id: uuid7(), amount_minor: 120_000, bank: 'Landbank', slip_number: 'S-1', ...more },
  })
  return { isp, collector, cashier, manager, subscriber, phone, handIn, remittance, deposit }
}

const balanceOf = async (isp: Tenant, code: string) => {
  const rows = await isp.owner.call<Array<{ code: string; balance_minor: number }>>('trial_balance')
  return rows.find((row) => row.code === code)?.balance_minor ?? 0
}

test('a deposit moves cash to the bank once, with its slip and the remittances in it', async () => {
  const { isp, cashier, remittance, deposit } = await office()
  expect(await cashier.call('office_cash')).toBe(150_000)
  const slip = deposit({ remittance_ids: [remittance], photo: PHOTO })
  expect(await cashier.call('record_bank_deposit', slip)).toMatchObject({ duplicate: false })
  expect(await cashier.call('record_bank_deposit', slip)).toMatchObject({ duplicate: true })

  expect(await balanceOf(isp, 'bank')).toBe(120_000)
  expect(await cashier.call('office_cash')).toBe(30_000)
  expect(await cashier.read('bank_deposits')).toMatchObject([
    { slip_number: 'S-1', has_photo: true, remittance_count: 1, deposited_on: '2026-11-10' },
  ])
  const [photo] = await cashier.read('deposit_slips')
  expect(String(photo?.['base64']).replaceAll('\n', '')).toBe(PHOTO.base64)
  expect(await cashier.read('remittances')).toMatchObject([{ slip_number: 'S-1' }])
  await expectSound(isp)
})

test.each([
  { because: 'more than is held', more: { amount_minor: 150_001 }, reason: 'more_than_held' },
  { because: 'no slip', more: { slip_number: ' ' }, reason: 'slip_missing' },
  { because: 'tomorrow', more: { deposited_on: '2026-11-11' }, reason: 'invalid_day' },
  { because: 'long ago', more: { deposited_on: '2026-08-11' }, reason: 'invalid_day' },
  { because: 'no amount', more: { amount_minor: 0 }, reason: 'invalid_amount' },
  { because: 'no number', more: { amount_minor: 'many' }, reason: 'invalid_deposit' },
  {
    because: 'an unknown remittance',
    more: { remittance_ids: [uuid7()] },
    reason: 'remittance_not_in_office',
  },
  {
    because: 'a photo that is none',
    more: { photo: { content_type: 'image/png', base64: 'AAAA' } },
    reason: 'photo_type',
  },
])('a deposit with $because is refused', async ({ more, reason }) => {
  const { cashier, deposit } = await office()
  await expect(cashier.call('record_bank_deposit', deposit(more))).rejects.toMatchObject({
    detail: reason,
  })
  expect(await cashier.read('bank_deposits')).toEqual([])
})

test('a remittance is in one deposit, whole, and a slip is recorded once', async () => {
  const { cashier, remittance, deposit } = await office()
  const chosen = { remittance_ids: [remittance] }
  const record = (more: object) => cashier.call('record_bank_deposit', deposit(more))
  await expect(record({ ...chosen, amount_minor: 99_999 })).rejects.toMatchObject({
    detail: 'deposit_too_small',
  })
  await record({ ...chosen, amount_minor: 100_000 })
  await expect(record({ ...chosen, slip_number: 'S-2', amount_minor: 1 })).rejects.toMatchObject({
    detail: 'remittance_not_in_office',
  })
  await expect(record({ bank: 'LANDBANK', slip_number: 's-1' })).rejects.toMatchObject({
    detail: 'slip_used',
  })
})

test('a deposit typed wrong is taken back by a second person, and then typed again', async () => {
  const { isp, cashier, manager, remittance, deposit } = await office()
  const wrong = deposit({ remittance_ids: [remittance] })
  await cashier.call('record_bank_deposit', wrong)
  const takeBack = (person: typeof cashier) =>
    person.call('void_bank_deposit', {
      deposit_id: wrong.deposit.id,
      reason: 'Typed 1200 for 1020',
    })
  await expect(takeBack(cashier)).rejects.toMatchObject({ detail: 'permission_missing' })
  await takeBack(manager)
  await expect(takeBack(isp.owner)).rejects.toMatchObject({ detail: 'deposit_not_here' })
  expect(await balanceOf(isp, 'bank')).toBe(0)
  await cashier.call('record_bank_deposit', deposit({ remittance_ids: [remittance] }))
  expect(await balanceOf(isp, 'bank')).toBe(120_000)

  await isp.owner.call('record_bank_deposit', deposit({ slip_number: 'S-3', amount_minor: 1_000 }))
  const [own] = await isp.owner.read('bank_deposits', { slip_number: 'S-3' })
  await expect(
    isp.owner.call('void_bank_deposit', { deposit_id: own?.['id'], reason: 'Typed wrong' }),
  ).rejects.toMatchObject({ detail: 'second_person_needed' })
  await expectSound(isp)
})

test('two deposits at once do not take the same cash', async () => {
  const own = (await ownDatabase()) as unknown as Stage & Awaited<ReturnType<typeof ownDatabase>>
  const { isp, cashier, deposit } = await office(own)
  const answers = await Promise.allSettled(
    [1, 2, 3, 4].map((slip) =>
      cashier.call(
        'record_bank_deposit',
        deposit({ slip_number: `S-${slip}`, amount_minor: 100_000 }),
      ),
    ),
  )
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await own.sql`select * from ledger.offences(${isp.id})`).toEqual([])
})

test('a shortage is owed by its collector until it is made good, to the centavo and not beyond', async () => {
  const { isp, collector, cashier, manager, handIn } = await office()
  const short = await handIn(20_000, 15_000)
  await manager.call('approve_variance', { remittance_id: short, note: 'lost a note' })
  const owed = async (person: typeof cashier) =>
    (await person.read('collectors', { id: collector.memberId }))[0]?.['shortage_minor']
  expect(await owed(cashier)).toBe(5_000)
  const { rows } = await collector.call<{ rows: Record<string, Array<object>> }>('sync_pull', {
    device_id: await approvedDevice(collector),
  })
  expect(rows['cash']).toMatchObject([{ shortage_minor: 5_000 }])

  const repay = (amount_minor: number, id = uuid7()) =>
    cashier.call('repay_shortage', {
      repayment: { id, collector_id: collector.memberId, amount_minor },
    })
  await expect(repay(5_001)).rejects.toMatchObject({ detail: 'more_than_owed' })
  const id = uuid7()
  expect(await repay(3_000, id)).toMatchObject({ duplicate: false })
  expect(await repay(3_000, id)).toMatchObject({ duplicate: true })
  await expect(repay(2_000, id)).rejects.toMatchObject({ detail: 'repayment_conflict' })
  expect(await owed(cashier)).toBe(2_000)
  const both = await isp.member('collections.collect', 'remittances.count')
  await expect(
    both.call('repay_shortage', {
      repayment: { id: uuid7(), collector_id: both.memberId, amount_minor: 1 },
    }),
  ).rejects.toMatchObject({ detail: 'second_person_needed' })
  await expectSound(isp)
})

test("a collector's own limits stand before the ISP's, on the board and on the phone", async () => {
  const { isp, collector, cashier, manager } = await office()
  await isp.owner.call('save_billing_settings', {
    settings: { collector_cash_limit_minor: 900_000 },
  })
  const set = (limits: object) =>
    manager.call('set_collector_limits', {
      limits: { collector_id: collector.memberId, ...limits },
    })
  await set({ cash_limit_minor: 300_000, unsent_hours: 24 })
  await expect(set({ cash_limit_minor: 0 })).rejects.toMatchObject({ detail: 'invalid_limit' })
  await expect(set({ unsent_limit: 'many' })).rejects.toMatchObject({ detail: 'invalid_limit' })
  await expect(
    cashier.call('set_collector_limits', { limits: { collector_id: collector.memberId } }),
  ).rejects.toMatchObject({ detail: 'permission_missing' })

  const limits = { cash_limit_minor: 300_000, unsent_limit: 60, unsent_hours: 24 }
  expect(await cashier.read('collectors', { id: collector.memberId })).toMatchObject([
    { ...limits, has_own_limits: true },
  ])
  const device = await approvedDevice(collector)
  const pulled = () =>
    collector.call<{ cursor: object; rows: Record<string, Array<object>> }>('sync_pull', {
      device_id: device,
    })
  expect((await pulled()).rows['settings']).toMatchObject([limits])
  await set({})
  expect((await pulled()).rows['settings']).toMatchObject([{ cash_limit_minor: 900_000 }])
})

test('the board says since when cash is held and how far along the route a collector is', async () => {
  const { isp, collector, cashier, phone, subscriber } = await office()
  await isp.route(collector, subscriber, await isp.subscriber(), await isp.subscriber())
  await phone.push(
    phone.command('record_visit', { subscriber_id: subscriber, outcome: 'not_home' }),
    phone.payment(uuid7(), 7_000),
  )
  expect(await cashier.read('collectors', { id: collector.memberId })).toMatchObject([
    {
      on_hand_minor: 7_000,
      on_hand_since: '2026-11-10T04:00:00+00:00',
      stops: 3,
      stops_done: 1,
      open_remittances: 0,
      has_own_limits: false,
      silent_since: null,
    },
  ])

  // A night later nobody knows what the phone holds.
  await setClock('2026-11-11T13:00:00+08:00')
  expect(await cashier.read('collectors', { id: collector.memberId })).toMatchObject([
    { silent_since: '2026-11-10T04:00:00+00:00' },
  ])
  // Who may not see collections learns nothing from the functions behind the board either.
  const stranger = await isp.member('subscribers.read')
  expect(await stranger.read('collectors')).toEqual([])
})
