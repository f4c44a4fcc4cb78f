// Cash goes from the collector's hand to the office, counted blind, and a difference needs a second person.

import { expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { NOON, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { expectSound } from './money.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

async function cashInHand(isp: Tenant, collector: Person, amounts: Array<number>) {
  const subscriber = await isp.subscriber()
  await isp.route(collector, subscriber)
  const device = uuid7()
  await collector.call('register_device', { device: { id: device, label: 'Phone' } })
  const { blocks } = await collector.call<{ blocks: Array<{ next_serial: number }> }>(
    'reserve_receipts',
    { device_id: device },
  )
  const first = blocks[0]?.next_serial ?? 0
  await collector.call('sync_push', {
    batch: {
      device_id: device,
      unsent_count: 0,
      commands: amounts.map((amount_minor, index) => ({
        id: uuid7(),
        device_seq: index + 1,
        name: 'record_payment',
        happened_at: new Date(Date.now() - 60_000).toISOString(),
        schema_version: 1,
        input: { subscriber_id: subscriber, amount_minor, serial: first + index },
      })),
    },
  })
}

const balances = async (isp: Tenant) =>
  Object.fromEntries(
    (await isp.owner.call<Array<{ code: string; balance_minor: number }>>('trial_balance')).map(
      (row) => [row.code, row.balance_minor],
    ),
  )

test('a right count moves the cash to the office at once', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  const collector = await isp.collector()
  const cashier = await isp.member('remittances.count', 'collections.read')
  await cashInHand(isp, collector, [50_000, 100_000])
  const id = uuid7()
  await collector.call('submit_remittance', { remittance: { id, declared_minor: 150_000 } })
  await collector.call('submit_remittance', { remittance: { id, declared_minor: 150_000 } })

  expect(await cashier.read('remittances')).toMatchObject([
    { id, state: 'submitted', expected_minor: null, variance_minor: null },
  ])
  expect(
    await cashier.call('count_remittance', { remittance_id: id, counted_minor: 150_000 }),
  ).toMatchObject({ state: 'accepted', variance_minor: 0 })
  expect(await balances(isp)).toMatchObject({ cash_office: 150_000 })
  expect(
    await sql`select distinct stage from collections.payments where tenant_id = ${isp.id}`,
  ).toEqual([{ stage: 'remitted' }])
  await expect(
    cashier.call('count_remittance', { remittance_id: id, counted_minor: 150_000 }),
  ).rejects.toMatchObject({ code: 'PT409' })
  await expect(
    collector.call('submit_remittance', { remittance: { id: uuid7(), declared_minor: 1 } }),
  ).rejects.toMatchObject({ detail: 'nothing_to_remit' })
})

test.each([
  { because: 'a shortage', counted: 140_000, code: 'collector_shortage', amount: 10_000 },
  { because: 'an overage', counted: 151_000, code: 'unidentified_receipts', amount: -1_000 },
])(
  '$because waits for a second person and then has its place in the books',
  async ({ counted, code, amount }) => {
    const isp = await signUpTenant('Kalye Fiber')
    const collector = await isp.collector()
    const cashier = await isp.member('remittances.count', 'remittances.approve', 'collections.read')
    await cashInHand(isp, collector, [150_000])
    const id = uuid7()
    await collector.call('submit_remittance', { remittance: { id, declared_minor: 150_000 } })
    expect(
      await cashier.call('count_remittance', { remittance_id: id, counted_minor: counted }),
    ).toMatchObject({ state: 'counted' })

    await expect(
      cashier.call('approve_variance', { remittance_id: id, note: 'fine' }),
    ).rejects.toMatchObject({ detail: 'second_person_needed' })
    await expect(
      isp.owner.call('approve_variance', { remittance_id: id, note: ' ' }),
    ).rejects.toMatchObject({ detail: 'note_missing' })
    await isp.owner.call('approve_variance', { remittance_id: id, note: 'told by phone' })

    expect(await balances(isp)).toMatchObject({ cash_office: counted, [code]: amount })
    const [hand] = await sql<Array<{ left: string }>>`
    select coalesce(sum(b.amount_minor), 0)::text as left from ledger.balances as b join ledger.accounts as a on a.tenant_id = b.tenant_id and a.id = b.account_id
    where a.tenant_id = ${isp.id} and a.code = 'collector_cash'`
    expect(hand?.left).toBe('0')
  },
)

test('nobody counts what they handed in themselves', async () => {
  const isp = await signUpTenant('Kalye Fiber')
  const both = await isp.member('collections.collect', 'remittances.count', 'collections.read')
  await cashInHand(isp, both, [1_000])
  const id = uuid7()
  await both.call('submit_remittance', { remittance: { id, declared_minor: 1_000 } })
  await expect(
    both.call('count_remittance', { remittance_id: id, counted_minor: 1_000 }),
  ).rejects.toMatchObject({ detail: 'own_remittance' })
})

/** A collector whose phone sent one payment for a subscriber, and handed the cash in. */
async function handedIn(isp: Tenant, knowsWhose: boolean) {
  const collector = await isp.collector()
  const subscriber = await isp.subscriber()
  const phone = await phoneOf(collector)
  const payment = phone.payment(knowsWhose ? subscriber : uuid7(), 50_000)
  await phone.send(payment)
  const id = uuid7()
  await collector.call('submit_remittance', { remittance: { id, declared_minor: 50_000 } })
  return { subscriber, payment, id }
}

test('cash that was handed in is not voided under the count', async () => {
  await setClock(NOON)
  const isp = await signUpTenant('Kalye Fiber')
  const { payment, id } = await handedIn(isp, true)
  const ask = () =>
    isp.owner.call('request_void', { payment_id: payment.id, reason: 'Typed wrong' })

  await expect(ask()).rejects.toMatchObject({ detail: 'being_remitted' })
  await isp.owner.call('count_remittance', { remittance_id: id, counted_minor: 50_000 })
  await expect(ask()).rejects.toMatchObject({ detail: 'already_remitted' })
  await expectSound(isp)
})

test('cash that got its name after it was handed in is remitted, and not voided', async () => {
  await setClock(NOON)
  const isp = await signUpTenant('Kalye Fiber')
  const { subscriber, payment, id } = await handedIn(isp, false)
  await isp.owner.call('count_remittance', { remittance_id: id, counted_minor: 50_000 })

  expect(
    await isp.owner.call('settle_parked', { command_id: payment.id, subscriber_id: subscriber }),
  ).toMatchObject({ stage: 'remitted' })
  await expect(
    isp.owner.call('request_void', { payment_id: payment.id, reason: 'Typed wrong' }),
  ).rejects.toMatchObject({ detail: 'already_remitted' })
  await expectSound(isp)
})
