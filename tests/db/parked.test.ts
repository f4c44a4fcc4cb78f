// What a phone sent that cannot be done as it stands: a person settles each, once, and nothing vanishes.

import { beforeEach, expect, test } from 'vitest'
import { ownDatabase, setClock, sql } from './database.ts'
import { bill, billedSubscriber, NOON, phoneOf, type Phone } from './field.ts'
import { uuid7 } from './ids.ts'
import { expectSound } from './money.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

let north: Tenant
let carlo: Person
let ana: string
let phone: Phone

beforeEach(async () => {
  await setClock('2026-10-15T04:00:00Z')
  north = await signUpTenant('North Fiber')
  carlo = await north.collector()
  ana = await billedSubscriber(north, carlo)
  await setClock(NOON)
  await bill(north)
  phone = await phoneOf(carlo)
})

const parked = (id: string) => north.owner.read('parked', { id })
const carried = async () => {
  const [row] = await sql<Array<{ minor: string }>>`
    select coalesce(sum(e.amount_minor), 0)::text as minor
    from ledger.entries as e join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where e.tenant_id = ${north.id} and a.code = 'collector_cash'`
  return Number(row?.minor)
}

test('cash for an unknown subscriber waits in the list until it has one', async () => {
  const payment = phone.payment(uuid7(), 99_900)
  await phone.send(payment)
  expect(await parked(payment.id)).toMatchObject([
    { kind: 'command', state: 'waiting', payment_stage: 'unidentified', amount_minor: 99_900 },
  ])

  await expect(
    north.owner.call('settle_parked', { command_id: payment.id, note: 'Never mind' }),
  ).rejects.toMatchObject({ code: 'PT422', detail: 'subscriber_missing' })
  await north.owner.call('settle_parked', { command_id: payment.id, subscriber_id: ana })
  expect(await parked(payment.id)).toMatchObject([
    { state: 'settled', decision: 'assigned', settled_by_name: 'North Fiber Owner' },
  ])
  await expectSound(north)
})

test('an amount nobody can read is typed by the office, and the collector carries it', async () => {
  const payment = phone.payment(ana, 'five hundred')
  expect(await phone.send(payment)).toMatchObject({ state: 'parked' })
  expect(await carried()).toBe(0)
  const settle = { command_id: payment.id, subscriber_id: ana }

  await expect(north.owner.call('settle_parked', settle)).rejects.toMatchObject({
    code: 'PT422',
    detail: 'invalid_amount',
  })
  await north.owner.call('settle_parked', { ...settle, amount_minor: 50_000 })
  expect(await carried()).toBe(50_000)
  expect(await parked(payment.id)).toMatchObject([
    { state: 'settled', decision: 'assigned', payment_stage: 'posted' },
  ])
  await expectSound(north)
})

test('a visit to nobody is corrected for the subscriber it was meant for, and stays the collector’s', async () => {
  const visit = phone.command('record_visit', { subscriber_id: uuid7(), outcome: 'not_home' })
  const senseless = phone.command('record_visit', { subscriber_id: ana, outcome: 'vanished' })
  await phone.push(visit, senseless)

  await north.owner.call('settle_parked', { command_id: visit.id, subscriber_id: ana })
  expect(
    await sql`select subscriber_id, collector_id, outcome from collections.visits where tenant_id = ${north.id}`,
  ).toEqual([{ subscriber_id: ana, collector_id: carlo.memberId, outcome: 'not_home' }])
  expect(await parked(visit.id)).toMatchObject([{ decision: 'corrected' }])

  await expect(
    north.owner.call('settle_parked', { command_id: senseless.id, subscriber_id: ana }),
  ).rejects.toMatchObject({ detail: 'not_correctable' })
})

test('closing without doing anything takes a reason', async () => {
  const odd = phone.command('burn_the_office', {})
  await phone.send(odd)
  await expect(
    north.owner.call('settle_parked', { command_id: odd.id, note: ' ' }),
  ).rejects.toMatchObject({ code: 'PT422', detail: 'reason_missing' })
  await north.owner.call('settle_parked', { command_id: odd.id, note: 'A tester’s phone' })
  expect(await parked(odd.id)).toMatchObject([
    { state: 'settled', decision: 'closed', settled_note: 'A tester’s phone' },
  ])
})

test('other content under a known id is booked once where it was cash, else closed', async () => {
  const first = phone.payment(ana, 10_000)
  await phone.send(first)
  await phone.send({ ...first, input: { ...first.input, amount_minor: 20_000 } })
  const [alarm] = await north.owner.read('parked', { kind: 'alarm' })
  expect(alarm).toMatchObject({ reason: 'other_content', amount_minor: 20_000, state: 'waiting' })
  const settle = { alarm_id: alarm?.id, subscriber_id: ana, note: 'Two visits, both paid' }

  await expect(carlo.call('settle_alarm', settle)).rejects.toMatchObject({ code: 'PT403' })
  await expect(north.owner.call('settle_alarm', { ...settle, note: '' })).rejects.toMatchObject({
    detail: 'reason_missing',
  })
  await north.owner.call('settle_alarm', settle)
  await expect(north.owner.call('settle_alarm', settle)).rejects.toMatchObject({
    code: 'PT409',
    detail: 'already_settled',
  })
  expect(await carried()).toBe(30_000)
  expect(await parked(String(alarm?.id))).toMatchObject([
    { state: 'settled', decision: 'assigned', payment_stage: 'posted' },
  ])
  await expectSound(north)
})

test('an alarm about a fact that is in the books already books nothing more', async () => {
  await phone.send({ ...phone.payment(ana, 10_000), happened_at: '2027-01-01T00:00:00Z' })
  const [alarm] = await north.owner.read('parked', { kind: 'alarm' })
  expect(alarm).toMatchObject({ reason: 'clock_ahead', amount_minor: null })
  await expect(
    north.owner.call('settle_alarm', {
      alarm_id: alarm?.id,
      subscriber_id: ana,
      amount_minor: 10_000,
      note: 'Cash too',
    }),
  ).rejects.toMatchObject({ code: 'PT409', detail: 'cash_booked' })

  await north.owner.call('settle_alarm', { alarm_id: alarm?.id, note: 'His clock is right now' })
  expect(await carried()).toBe(10_000)
  expect(await parked(String(alarm?.id))).toMatchObject([{ decision: 'closed' }])
})

type Settled = {
  settled_count: number
  settled_minor: number
  refused: Array<{ command_id: string; message: string }>
}

const settleTogether = (person: Person, phoneId: string, commands: Array<string>) =>
  person.call<Settled>('settle_parked_cash', { device_id: phoneId, command_ids: commands })

test('cash of an ended phone is settled together: each for whom the phone named, the odd ones named, and asking twice changes nothing', async () => {
  const other = await phoneOf(await north.collector('Dina'))
  for (const { id } of [phone, other]) {
    await north.owner.call('revoke_device', { device_id: id, reason: 'Lost' })
  }
  const ben = await north.subscriber({ name: 'Ben' })
  const cash = [phone.payment(ana, 10_000), phone.payment(ben, 20_000), phone.payment(ana, 30_000)]
  const nobodys = phone.payment(uuid7(), 40_000)
  const visit = phone.command('record_visit', { subscriber_id: ana, outcome: 'not_home' })
  const hers = other.payment(ana, 5_000)
  await phone.push(...cash, nobodys, visit)
  await other.send(hers)
  expect(await north.owner.read('parked_phones', { id: phone.id })).toMatchObject([
    { member_name: 'Carlo Collector', payment_count: 3, amount_minor: 60_000 },
  ])

  const all = [...cash, nobodys, visit, hers].map(({ id }) => id)
  await expect(settleTogether(carlo, phone.id, all)).rejects.toMatchObject({ code: 'PT403' })
  await expect(settleTogether(north.owner, phone.id, [])).rejects.toMatchObject({
    detail: 'invalid_count',
  })
  const answer = await settleTogether(north.owner, phone.id, all)
  expect(answer).toMatchObject({ settled_count: 3, settled_minor: 60_000 })
  expect(answer.refused.map(({ command_id }) => command_id).sort()).toEqual(
    [nobodys.id, visit.id, hers.id].sort(),
  )
  expect(
    await sql`
      select subscriber_id, stage, amount_minor::int as minor from collections.payments
      where tenant_id = ${north.id} order by amount_minor`,
  ).toEqual([
    { subscriber_id: null, stage: 'unidentified', minor: 5_000 },
    { subscriber_id: ana, stage: 'posted', minor: 10_000 },
    { subscriber_id: ben, stage: 'posted', minor: 20_000 },
    { subscriber_id: ana, stage: 'posted', minor: 30_000 },
    { subscriber_id: null, stage: 'unidentified', minor: 40_000 },
  ])
  expect(await north.owner.read('parked', { state: 'settled' })).toHaveLength(3)
  await expectSound(north)

  expect(await settleTogether(north.owner, phone.id, all)).toMatchObject({
    settled_count: 3,
    refused: [{}, {}, {}],
  })
  const second = await north.member('collections.read', 'collections.settle')
  const late = await settleTogether(second, phone.id, [String(cash[0]?.id)])
  expect(late).toMatchObject({
    settled_count: 0,
    refused: [{ message: expect.stringContaining('already') }],
  })
})

test('two people who settle the same payments at once both get through, and each payment is posted once', async () => {
  const own = await ownDatabase()
  const isp = await signUpTenant('Storm Fiber', own)
  const lost = await phoneOf(await isp.collector())
  await isp.owner.call('revoke_device', { device_id: lost.id, reason: 'Lost' })
  const cash: Array<ReturnType<Phone['payment']>> = []
  for (let door = 0; door < 8; door += 1) {
    const sent = lost.payment(await isp.subscriber(), 1_000)
    cash.push({ ...sent, happened_at: new Date(Date.now() - 60_000).toISOString() })
  }
  await lost.push(...cash)
  const ids = cash.map(({ id }) => id)
  const cashier = await isp.member('collections.read', 'collections.settle')
  const [first] = cash

  const [forth, back, alone] = await Promise.allSettled([
    settleTogether(isp.owner, lost.id, ids),
    settleTogether(cashier, lost.id, ids.toReversed()),
    cashier.call('settle_parked', {
      command_id: first?.id,
      subscriber_id: first?.input['subscriber_id'],
    }),
  ])
  expect([forth.status, back.status]).toEqual(['fulfilled', 'fulfilled'])
  if (alone.status === 'rejected') expect(alone.reason).toMatchObject({ code: 'PT409' })
  expect(
    await own.sql`select stage, count(*)::int as payments from collections.payments group by stage`,
  ).toEqual([{ stage: 'posted', payments: 8 }])
  expect(await own.sql`select invariant from ledger.offences(${isp.id})`).toEqual([])
})
