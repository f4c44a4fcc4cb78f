// Cash goes from the collector's hand to the office, counted blind, and a difference needs a second person.

import { expect, test } from 'vitest'
import { actAs, asOwner, ownDatabase, setClock, sql, transaction } from './database.ts'
import { approvedDevice, NOON, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { expectSound } from './money.ts'
import { type Person, signUpTenant, type Stage, type Tenant } from './story.ts'

async function cashInHand(isp: Tenant, collector: Person, amounts: Array<number>) {
  const subscriber = await isp.subscriber()
  await isp.route(collector, subscriber)
  const device = await approvedDevice(collector)
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
  expect(
    await cashier.call('count_remittance', { remittance_id: id, counted_minor: 150_000 }),
  ).toMatchObject({ state: 'accepted' })
  await expect(
    cashier.call('count_remittance', { remittance_id: id, counted_minor: 149_900 }),
  ).rejects.toMatchObject({ detail: 'remittance_not_open' })
  await expect(
    collector.call('submit_remittance', { remittance: { id: uuid7(), declared_minor: 0 } }),
  ).rejects.toMatchObject({ detail: 'nothing_to_remit' })
  await expectSound(isp)
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
    await expectSound(isp)
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

/** A collector with a phone, and a cashier who only counts. */
async function counter(stage?: Stage) {
  if (!stage) await setClock(NOON)
  const isp = await signUpTenant('Kalye Fiber', stage)
  const collector = await isp.collector()
  const cashier = await isp.member('remittances.count', 'collections.read')
  const subscriber = await isp.subscriber()
  const phone = await phoneOf(collector)
  const handIn = (declared_minor: number, denominations = {}) =>
    phone.command('submit_remittance', { declared_minor, denominations })
  const count = (remittance_id: string, counted_minor: number, denominations = {}) =>
    cashier.call('count_remittance', { remittance_id, counted_minor, denominations })
  return { isp, collector, cashier, subscriber, phone, handIn, count }
}

const held = (person: Person, id: string) =>
  person.read('collectors', { id }).then(([row]) => row?.['on_hand_minor'])

test('a hand-in sent twice is one; with another sum it is refused, and from a phone an alarm', async () => {
  const { isp, collector, subscriber, phone, handIn } = await counter()
  const payment = phone.payment(subscriber, 50_000)
  const sent = handIn(50_000)
  await phone.push(payment, sent)
  expect(await phone.send(sent)).toMatchObject({ state: 'duplicate' })
  expect(
    await phone.send({ ...sent, input: { ...sent.input, declared_minor: 40_000 } }),
  ).toMatchObject({ state: 'parked', reason: 'other_content' })
  await expect(
    collector.call('submit_remittance', { remittance: { id: sent.id, declared_minor: 40_000 } }),
  ).rejects.toMatchObject({ detail: 'remittance_conflict' })
  expect(await isp.owner.read('remittances')).toHaveLength(1)
  expect(await isp.owner.read('alarms')).toMatchObject([{ kind: 'other_content' }])
})

test('what was counted adds up to its sum, on both sides', async () => {
  const { collector, subscriber, phone, count } = await counter()
  await phone.send(phone.payment(subscriber, 152_000))
  const id = uuid7()
  const declare = (denominations: object) =>
    collector.call('submit_remittance', {
      remittance: { id, declared_minor: 152_000, denominations },
    })
  for (const wrong of [{ 100000: 1 }, { 100000: -1 }, { notes: 3 }, { 0: 5 }]) {
    await expect(declare(wrong)).rejects.toMatchObject({ detail: 'invalid_amount' })
  }
  await declare({ 100000: 1, 50000: 1, 2000: 1 })
  await expect(count(id, 152_000, { 100000: 1 })).rejects.toMatchObject({
    detail: 'invalid_amount',
  })
  expect(await count(id, 152_000, { 50000: 3, 1000: 2 })).toMatchObject({ state: 'accepted' })
})

test('who counts is told neither what was declared nor what is expected', async () => {
  const { isp, collector, cashier, subscriber, phone, handIn, count } = await counter()
  const sent = handIn(49_000)
  await phone.push(phone.payment(subscriber, 50_000), sent)

  const secret = { declared_minor: null, denominations: null, expected_minor: null }
  for (const person of [cashier, isp.owner]) {
    expect(await person.read('remittances')).toMatchObject([{ ...secret, variance_minor: null }])
    expect(await held(person, collector.memberId)).toBe(0)
  }
  await actAs(cashier.claims)
  await expect(
    transaction((sql) => sql`select declared_minor from collections.remittances`),
  ).rejects.toMatchObject({ code: '42501' })
  await asOwner()
  await setClock(NOON)
  const [stored] = await sql`select expected_minor from collections.remittances`
  expect(stored).toEqual({ expected_minor: null })
  const told = async () => JSON.stringify(await isp.owner.read('audit_entries', {}))
  expect(await told()).not.toContain('49000')
  // The collector knows what was declared, and not what is expected.
  const { rows } = await collector.call<{ rows: Record<string, Array<object>> }>('sync_pull', {
    device_id: await approvedDevice(collector),
  })
  expect(rows['remittances']).toMatchObject([
    { declared_minor: 49_000, expected_minor: null, state: 'submitted' },
  ])

  expect(await count(sent.id, 49_000)).toEqual({
    id: sent.id,
    declared_minor: 49_000,
    expected_minor: 50_000,
    counted_minor: 49_000,
    variance_minor: -1_000,
    state: 'counted',
  })
  expect(await cashier.read('remittances')).toMatchObject([
    { declared_minor: 49_000, expected_minor: 50_000 },
  ])
  expect(await told()).toContain('49000')
})

test('cash taken after an offline count is not in it', async () => {
  const { isp, collector, subscriber, phone, handIn, count } = await counter()
  const before = phone.payment(subscriber, 30_000)
  const sent = handIn(30_000)
  const after = phone.payment(subscriber, 12_000)
  await phone.push(before, sent, after)

  expect(await held(isp.owner, collector.memberId)).toBe(12_000)
  expect(await count(sent.id, 30_000)).toMatchObject({ state: 'accepted', expected_minor: 30_000 })
  const { rows } = await collector.call<{ rows: Record<string, Array<object>> }>('sync_pull', {
    device_id: await approvedDevice(collector),
  })
  expect(rows['cash']).toMatchObject([{ on_hand_minor: 12_000, shortage_minor: 0 }])
  await expectSound(isp)
})

test('a payment voided between the offline count and its arrival is not expected any more', async () => {
  const { isp, subscriber, phone, handIn, count } = await counter()
  const [wrong, right] = [phone.payment(subscriber, 30_000), phone.payment(subscriber, 20_000)]
  const sent = handIn(20_000)
  await phone.push(wrong, right)
  const { request_id } = await isp.owner.call<{ request_id: string }>('request_void', {
    payment_id: wrong.id,
    reason: 'Typed wrong',
  })
  const manager = await isp.member('payments.approve_void', 'payments.read')
  await manager.call('approve_void', { request_id })
  await phone.send(sent)
  expect(await count(sent.id, 20_000)).toMatchObject({ state: 'accepted', expected_minor: 20_000 })
  await expectSound(isp)
})

test('a payment moved to another subscriber under the count stays in it', async () => {
  const { isp, subscriber, phone, handIn, count } = await counter()
  const payment = phone.payment(subscriber, 50_000)
  const sent = handIn(50_000)
  await phone.push(payment, sent)
  await isp.owner.call('transfer_payment', {
    transfer: {
      id: uuid7(),
      payment_id: payment.id,
      subscriber_id: await isp.subscriber({ name: 'Ben Cruz' }),
      reason: 'The neighbour of the same name',
    },
  })
  expect(await count(sent.id, 50_000)).toMatchObject({ state: 'accepted', expected_minor: 50_000 })
  await expectSound(isp)
})

test('a collector revoked in between is still counted, and the office hands in the rest for them', async () => {
  const { isp, collector, cashier, subscriber, phone, handIn, count } = await counter()
  const sent = handIn(30_000)
  await phone.push(phone.payment(subscriber, 30_000), sent, phone.payment(subscriber, 8_000))
  await isp.owner.call('revoke_member', { member_id: collector.memberId, reason: 'left' })
  expect(await count(sent.id, 30_000)).toMatchObject({ state: 'accepted' })

  const rest = (more: object) => ({
    remittance: { id: uuid7(), collector_id: collector.memberId, declared_minor: 8_000, ...more },
  })
  await expect(cashier.call('submit_remittance', rest({}))).rejects.toMatchObject({
    detail: 'reason_missing',
  })
  const { id } = await cashier.call<{ id: string }>(
    'submit_remittance',
    rest({ reason: 'Left the company; brought by his wife' }),
  )
  await expect(count(id, 8_000)).rejects.toMatchObject({ detail: 'own_remittance' })
  expect(
    await isp.owner.call('count_remittance', { remittance_id: id, counted_minor: 7_000 }),
  ).toMatchObject({ state: 'counted' })
  const manager = await isp.member('remittances.approve', 'collections.read')
  await expect(
    isp.owner.call('approve_variance', { remittance_id: id, note: 'one note missing' }),
  ).rejects.toMatchObject({ detail: 'second_person_needed' })
  await manager.call('approve_variance', { remittance_id: id, note: 'one note missing' })
  expect(await isp.owner.read('collectors', { id: collector.memberId })).toMatchObject([
    { on_hand_minor: 0, shortage_minor: 1_000 },
  ])
  await expectSound(isp)
})

test('cash that reaches us behind its hand-in at the office is counted with it, and what was taken later is not', async () => {
  const { isp, collector, cashier, subscriber, phone, count } = await counter()
  await phone.send(phone.payment(subscriber, 30_000))
  const late = phone.payment(subscriber, 20_000)
  await setClock('2026-11-10T06:00:00Z')
  const { id } = await isp.owner.call<{ id: string }>('submit_remittance', {
    remittance: {
      id: uuid7(),
      collector_id: collector.memberId,
      declared_minor: 50_000,
      reason: 'The phone has no signal here',
    },
  })
  await setClock('2026-11-10T08:00:00Z')
  const later = phone.payment(subscriber, 7_000, {})
  await phone.push(late, { ...later, happened_at: '2026-11-10T07:00:00Z' })
  expect(await held(isp.owner, collector.memberId)).toBe(27_000)

  expect(await count(id, 50_000)).toMatchObject({ state: 'accepted', expected_minor: 50_000 })
  expect(await held(isp.owner, collector.memberId)).toBe(7_000)
  expect(await balances(isp)).toMatchObject({ cash_office: 50_000 })
  await expectSound(isp)

  // Behind the count it stays with the collector, and is handed in next time.
  const [behind] = await phone.push({
    ...phone.payment(subscriber, 5_000),
    happened_at: '2026-11-10T05:00:00Z',
  })
  expect(behind).toMatchObject({ state: 'applied' })
  expect(await held(isp.owner, collector.memberId)).toBe(12_000)
  expect(await cashier.read('remittances', { id })).toMatchObject([{ expected_minor: 50_000 }])
  await expectSound(isp)
})

test('a hand-in tapped twice, or by two at once, takes the cash once', async () => {
  const own = (await ownDatabase()) as unknown as Stage & Awaited<ReturnType<typeof ownDatabase>>
  const { isp, collector, cashier, subscriber, phone } = await counter(own)
  const another = await isp.member('remittances.count', 'collections.read')
  for (let round = 0; round < 5; round += 1) {
    await phone.push(phone.payment(subscriber, 10_000), phone.payment(subscriber, 20_000))
    const id = uuid7()
    const tap = { remittance: { id, declared_minor: 30_000 } }
    const forThem = (by: Person) =>
      by.call('submit_remittance', {
        remittance: {
          id: uuid7(),
          collector_id: collector.memberId,
          declared_minor: 0,
          reason: 'Nothing was brought',
        },
      })
    const answers = await Promise.allSettled([
      collector.call('submit_remittance', tap),
      collector.call('submit_remittance', tap),
      forThem(cashier),
      forThem(another),
    ])
    for (const answer of answers) {
      if (answer.status === 'rejected') {
        expect(answer.reason).toMatchObject({ detail: 'nothing_to_remit' })
      }
    }
    const taken = await own.sql`
      select r.id, sum(p.amount_minor)::int as amount from collections.remittances as r
      join collections.payments as p on p.tenant_id = r.tenant_id and p.remittance_id = r.id
      where r.tenant_id = ${isp.id} and r.state = 'submitted' group by r.id`
    expect(taken).toMatchObject([{ amount: 30_000 }])
    const counts = await Promise.allSettled(
      [isp.owner, isp.owner].map((person) =>
        person.call('count_remittance', {
          remittance_id: taken[0]?.['id'],
          counted_minor: 30_000,
        }),
      ),
    )
    expect(counts.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    for (const { id: open } of await own.sql<Array<{ id: string }>>`
      select id from collections.remittances where tenant_id = ${isp.id} and state = 'submitted'`) {
      await isp.owner.call('count_remittance', { remittance_id: open, counted_minor: 0 })
    }
  }
  expect(
    await own.sql`
    select sum(e.amount_minor)::int as amount from ledger.entries as e
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where a.tenant_id = ${isp.id} and a.code = 'cash_office'`,
  ).toEqual([{ amount: 150_000 }])
  expect(await own.sql`select * from ledger.offences(${isp.id})`).toEqual([])
})

test('cash that is sent back is with the collector again, and is handed in anew', async () => {
  const { isp, collector, cashier, subscriber, phone, handIn, count } = await counter()
  const sent = handIn(50_000)
  await phone.push(phone.payment(subscriber, 50_000), sent)
  await expect(
    cashier.call('reject_remittance', { remittance_id: sent.id, note: 'never came' }),
  ).rejects.toMatchObject({ code: 'PT403' })
  await isp.owner.call('reject_remittance', { remittance_id: sent.id, note: 'He never came' })

  expect(await held(isp.owner, collector.memberId)).toBe(50_000)
  // Nothing of it was counted, so it is still not told what was declared.
  expect(await cashier.read('remittances')).toMatchObject([
    { state: 'rejected', declared_minor: null, note: 'He never came' },
  ])
  await expect(count(sent.id, 50_000)).rejects.toMatchObject({ detail: 'remittance_not_open' })
  const again = handIn(50_000)
  await phone.send(again)
  expect(await count(again.id, 50_000)).toMatchObject({ state: 'accepted' })
  await expectSound(isp)
})

test('cash the books know nothing of is counted too', async () => {
  const { isp, phone, handIn, count } = await counter()
  const sent = handIn(5_000)
  expect(await phone.send(sent)).toMatchObject({ state: 'applied' })
  expect(await count(sent.id, 5_000)).toMatchObject({ state: 'counted', expected_minor: 0 })
  await isp.owner.call('approve_variance', { remittance_id: sent.id, note: 'found in the bag' })
  const empty = handIn(1_000)
  await phone.send(empty)
  expect(await count(empty.id, 0)).toMatchObject({ state: 'accepted' })
  await expectSound(isp)
})

test('the table itself asks for others to count and decide, and takes no second count', async () => {
  const { isp, collector, subscriber, phone, handIn, count } = await counter()
  const sent = handIn(40_000)
  await phone.push(phone.payment(subscriber, 50_000), sent)
  const change = (columns: string) =>
    transaction((sql) =>
      sql.unsafe(`update collections.remittances set ${columns} where id = '${sent.id}'`),
    )
  const counted = (by: string) =>
    `state = 'counted', counted_minor = 1, counted_denominations = '{}', expected_minor = 1, counted_at = clock.now(), counted_by = '${by}'`
  await expect(change(counted(collector.memberId))).rejects.toMatchObject({ code: '23514' })
  await expect(change('declared_minor = 50000')).rejects.toMatchObject({ detail: 'append_only' })
  await count(sent.id, 40_000)
  await expect(change('counted_minor = 50000')).rejects.toMatchObject({ detail: 'append_only' })
  await expect(change(`state = 'accepted'`)).rejects.toMatchObject({ code: '23514' })
  const [row] = await sql<
    Array<{ counted_by: string }>
  >`select counted_by from collections.remittances`
  await expect(
    change(
      `state = 'accepted', approved_by = '${row?.counted_by}', approved_at = clock.now(), note = 'fine'`,
    ),
  ).rejects.toMatchObject({ code: '23514' })
  await expect(
    transaction((sql) => sql`delete from collections.remittances where tenant_id = ${isp.id}`),
  ).rejects.toMatchObject({ detail: 'append_only' })
})

test('two who count at the same time: one count stands, the other is told', async () => {
  const own = (await ownDatabase()) as unknown as Stage & Awaited<ReturnType<typeof ownDatabase>>
  const { isp, cashier, subscriber, phone, handIn } = await counter(own)
  const second = await isp.member('remittances.count', 'collections.read')
  for (let round = 0; round < 5; round += 1) {
    const sent = handIn(50_000)
    await phone.push(phone.payment(subscriber, 50_000), sent)
    const answers = await Promise.allSettled(
      [cashier, second].map((person) =>
        person.call('count_remittance', { remittance_id: sent.id, counted_minor: 50_000 }),
      ),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { detail: 'remittance_not_open' },
    })
  }
  expect(await own.sql`select * from ledger.offences(${isp.id})`).toEqual([])
})

test('cash that finds its owner while it is counted is remitted all the same', async () => {
  const own = (await ownDatabase()) as unknown as Stage & Awaited<ReturnType<typeof ownDatabase>>
  const { isp, cashier, subscriber, phone, handIn } = await counter(own)
  for (let round = 0; round < 8; round += 1) {
    const nobodys = phone.payment(uuid7(), 10_000 + round)
    const sent = handIn(10_000 + round)
    await phone.push(nobodys, sent)
    await Promise.all([
      cashier.call('count_remittance', { remittance_id: sent.id, counted_minor: 10_000 + round }),
      isp.owner.call('settle_parked', { command_id: nobodys.id, subscriber_id: subscriber }),
    ])
  }
  expect(
    await own.sql`select distinct stage from collections.payments where tenant_id = ${isp.id}`,
  ).toEqual([{ stage: 'remitted' }])
  expect(await own.sql`select * from ledger.offences(${isp.id})`).toEqual([])
})
