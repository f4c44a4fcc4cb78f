// The office's database comes back from a backup that is older than what phones have sent. Cash it forgot is not lost.

import postgres from 'postgres'
import { onTestFinished, expect, test } from 'vitest'
import type { BlockRow } from '../../../app/offline/database.ts'
import { keepBlocks } from '../../../app/offline/outbox.ts'
import type { Phone } from '../../../app/offline/phone.ts'
import { pull } from '../../../app/offline/pull.ts'
import { push } from '../../../app/offline/push.ts'
import { syncOnce } from '../../../app/offline/sync.ts'
import { totals } from '../../../app/offline/limits.ts'
import { myPayments, unsentEntries } from '../../../app/offline/own-payments.ts'
import { listStops } from '../../../app/offline/view.ts'
import { collect, recordVisit } from '../../../app/offline/collect.ts'
import { bootstrap } from '../../../supabase/local/bootstrap.ts'
import { createDatabase } from '../../../supabase/local/postgres.ts'
import { type OwnDatabase, ownDatabase } from '../database.ts'
import { uuid7 } from '../ids.ts'
import { approveAtOffice, aRoute, roadPhone, take } from '../road.ts'

/** A copy of the database as it is now; what it answers puts the copy in its place. */
async function backUp({ adminUrl }: OwnDatabase): Promise<() => Promise<void>> {
  const url = (database = 'postgres', role = '') => {
    const named = new URL(adminUrl)
    named.pathname = database
    if (role) named.username = role
    return named.href
  }
  const name = new URL(adminUrl).pathname.slice(1)
  const backup = `${name}_b`
  const admin = postgres(url(), { max: 1, onnotice: () => {} })
  onTestFinished(() => admin.end())
  const empty = () =>
    admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`

  await empty()
  await createDatabase({ url }, backup, name)
  await bootstrap(url(backup))
  return async () => {
    await admin`drop database ${admin(name)} with (force)`
    await admin`alter database ${admin(backup)} rename to ${admin(name)}`
  }
}

test('after a restore the phone sends again what the database forgot, and nothing is doubled', async () => {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, 2)
  const [ana, ben] = subscribers.map(String) as [string, string]
  const phone = roadPhone(north, carlo, { isUp: true, losesAnswers: 0 }, { at: Date.now() })
  await approveAtOffice(north, phone)
  expect(await syncOnce(phone)).toBeNull()
  await take(phone, ana, 10_000)
  expect(await syncOnce(phone)).toBeNull()

  const restore = await backUp(own)
  await take(phone, ana, 20_000)
  await take(phone, ben, 30_000)
  await recordVisit(phone, { id: phone.newId(), subscriberId: ben, outcome: 'not_home' })
  expect(await syncOnce(phone)).toBeNull()
  expect(await syncOnce(phone)).toBeNull()
  const before = await listStops(phone)

  await restore()
  await own.sql`select sync.after_restore()`
  expect(await own.sql`select amount_minor::int from collections.payments`).toHaveLength(1)
  await syncOnce(phone)
  // Nothing is counted twice, or not at all, while it is on its way.
  expect(await totals(phone)).toMatchObject({ onHandMinor: 60_000, unsentCount: 4 })
  expect((await listStops(phone)).map(({ owedMinor }) => owedMinor)).toEqual(
    before.map(({ owedMinor }) => owedMinor),
  )
  await syncOnce(phone)

  expect(await unsentEntries(phone)).toEqual([])
  expect(
    await own.sql`
      select p.amount_minor::int as amount, p.stage, r.serial::int from collections.payments as p
      join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id order by r.serial`,
  ).toEqual([
    { amount: 10_000, stage: 'posted', serial: 1 },
    { amount: 20_000, stage: 'posted', serial: 2 },
    { amount: 30_000, stage: 'posted', serial: 3 },
  ])
  expect(await own.sql`select outcome from collections.visits`).toEqual([{ outcome: 'not_home' }])
  expect(await own.sql`select kind from sync.alarms`).toEqual([])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
  expect(await myPayments(phone)).toHaveLength(3)
  expect(await totals(phone)).toMatchObject({ onHandMinor: 60_000, unsentCount: 0 })
}, 120_000)

/** So few numbers that a phone soon asks again. */
async function borrow(phone: Phone) {
  const reply = await phone.call('/api/receipts', { device_id: phone.deviceId, wanted: 10 })
  if (reply.kind !== 'ok') throw new Error(`No numbers were lent: ${reply.kind}`)
  await keepBlocks(phone.db, (reply.body as { blocks: Array<BlockRow> }).blocks)
}

/** The numbers on all papers that were ever handed out. */
async function papers(phones: ReadonlyArray<Phone>) {
  const mine = await Promise.all(phones.map((phone) => myPayments(phone)))
  return mine.flat().map(({ number }) => String(number))
}

test('numbers given after the backup are given to nobody again, by phones or at the counter', async () => {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, 2)
  const [ana, ben] = subscribers.map(String) as [string, string]
  const dan = await north.collector('Dan')
  await north.route(carlo, ana)
  await north.route(dan, ben)
  const clock = { at: Date.now() }
  const line = { isUp: true, losesAnswers: 0 }
  const [one, two] = [carlo, dan].map((person) => roadPhone(north, person, line, clock)) as [
    Phone,
    Phone,
  ]
  for (const phone of [one, two]) await approveAtOffice(north, phone)
  await borrow(one)
  await borrow(two)
  expect(await pull(one)).toBeNull()
  expect(await pull(two)).toBeNull()
  const atCounter = async () => {
    const { receipt_number } = await north.owner.call<{ receipt_number: string }>(
      'record_payment',
      { payment: { id: one.newId(), subscriber_id: ana, method: 'cash', amount_minor: 100 } },
    )
    return receipt_number
  }

  const restore = await backUp(own)
  const counter: Array<string> = []
  // The first block of the one is used up, another one lent and begun, and the counter gives a number behind it.
  for (let taken = 0; taken < 10; taken += 1) await take(one, ana, 1_000)
  expect(await push(one)).toBeNull()
  await borrow(one)
  await take(one, ana, 1_000)
  expect(await push(one)).toBeNull()
  counter.push(await atCounter())
  // One more that the office never heard of.
  await take(one, ana, 1_000)

  await restore()
  await own.sql`select sync.after_restore()`
  counter.push(await atCounter())
  // Each phone asks for numbers before it hears of the restore, and goes on taking cash.
  await borrow(one)
  await borrow(two)
  await take(one, ana, 2_000)
  await take(two, ben, 2_000)
  for (let round = 0; round < 3; round += 1) {
    for (const phone of [one, two]) await syncOnce(phone)
  }
  await take(one, ana, 3_000)
  for (const phone of [one, two]) expect(await syncOnce(phone)).toBeNull()

  const given = [...(await papers([one, two])), ...counter]
  expect(given).toHaveLength(17)
  expect(new Set(given).size).toBe(given.length)
  // Each phone's paper is in the books with the number it bears; the counter's paper of the lost day is not, and never comes again.
  const booked = await own.sql<Array<{ number: string }>>`
    select r.number from collections.receipts as r
    join collections.payments as p on p.tenant_id = r.tenant_id and p.id = r.payment_id and p.stage = 'posted'`
  expect(booked.map(({ number }) => number).sort()).toEqual(
    given.filter((number) => number !== counter[0]).sort(),
  )
  expect(await own.sql`select kind from sync.alarms`).toEqual([])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
}, 120_000)

test('a phone the restored office has not approved yet sends again all the same', async () => {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, 1)
  const [ana] = subscribers.map(String) as [string]
  const clock = { at: Date.now() }
  const phone = roadPhone(north, carlo, { isUp: true, losesAnswers: 0 }, clock)
  expect(await syncOnce(phone)).toEqual({ kind: 'refused', reason: 'device_pending' })

  const restore = await backUp(own)
  await north.owner.call('approve_device', { device_id: phone.deviceId })
  await phone.db.meta.delete('device')
  expect(await syncOnce(phone)).toBeNull()
  await take(phone, ana, 1_000)
  expect(await syncOnce(phone)).toBeNull()
  await take(phone, ana, 2_000)

  await restore()
  await own.sql`select sync.after_restore()`
  for (let round = 0; round < 3; round += 1) await syncOnce(phone)
  expect(await unsentEntries(phone)).toEqual([])
  expect(
    await own.sql`select amount_minor::int as amount, stage from collections.payments order by 1`,
  ).toEqual([
    { amount: 1_000, stage: 'posted' },
    { amount: 2_000, stage: 'posted' },
  ])
  expect(await own.sql`select kind from sync.alarms`).toEqual([])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
}, 120_000)

test('invoices and credit notes wait until the office says which numbers were given, and go on behind them', async () => {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, 1)
  const [ana] = subscribers.map(String) as [string]
  const prepaid = await north.service(
    ana,
    await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 1_000 }),
  )
  const pay = (subscription_id?: string) =>
    north.owner.call<{ payment_id: string }>('record_payment', {
      payment: {
        id: uuid7(),
        subscriber_id: ana,
        subscription_id,
        method: 'cash',
        amount_minor: subscription_id ? 1_000 : 99_900,
      },
    })
  await pay()
  const phone = roadPhone(north, carlo, { isUp: true, losesAnswers: 0 }, { at: Date.now() })
  await approveAtOffice(north, phone)
  expect(await syncOnce(phone)).toBeNull()

  const restore = await backUp(own)
  for (let sold = 0; sold < 3; sold += 1) await pay(prepaid)
  await restore()
  await own.sql`select sync.after_restore()`

  // Nothing is numbered twice, and cash from the field that buys time stays safe on the phone.
  const unsaid = { code: 'PT409', detail: 'numbers_unsaid' }
  await expect(pay(prepaid)).rejects.toMatchObject(unsaid)
  await collect(phone, {
    id: phone.newId(),
    subscriberId: ana,
    subscriptionId: prepaid,
    amountMinor: 1_000,
  })
  await syncOnce(phone).catch(() => {})
  await expect(syncOnce(phone)).rejects.toMatchObject({ code: '55000' })
  expect(await unsentEntries(phone)).not.toEqual([])
  expect(await own.sql`select state from sync.commands where state = 'parked'`).toEqual([])
  expect(await north.owner.call('billing_watch')).toMatchObject({ restored_at: expect.any(String) })

  const asked = await north.owner.read('lost_numbers')
  const [notes, bills] = ['credit_note', 'invoice'].map((kind) =>
    asked.find((one) => one.kind === kind),
  )
  expect(bills).toMatchObject({ first_serial: 2, last_serial: null })
  const say = (lost: unknown, last_number: number, person = north.owner) =>
    person.call('say_lost_numbers', {
      lost_id: (lost as { id: string }).id,
      last_number,
      note: 'The last paper in the drawer',
    })
  const clerk = await north.member('billing.read')
  await expect(say(bills, 4, clerk)).rejects.toMatchObject({ code: 'PT403' })
  await expect(say(bills, 0)).rejects.toMatchObject({ detail: 'number_too_low' })
  await expect(say(bills, 900_000)).rejects.toMatchObject({ detail: 'number_too_high' })
  expect(await say(bills, 4)).toMatchObject({ lost: 3 })
  expect(await say(bills, 4)).toMatchObject({ lost: 3 })
  await expect(say(bills, 5)).rejects.toMatchObject({ detail: 'already_said' })

  await pay(prepaid)
  for (let round = 0; round < 3; round += 1) await syncOnce(phone)
  expect(await unsentEntries(phone)).toEqual([])
  expect(
    (await own.sql`select number from billing.invoices order by serial`).map(
      ({ number }) => number,
    ),
  ).toEqual(['INV-000001', 'INV-000005', 'INV-000006'])

  const [first] = await north.owner.read('invoices', { number: 'INV-000001' })
  const credit = () =>
    north.owner.call('issue_credit_note', {
      credit_note: { id: uuid7(), invoice_id: first?.id, amount_minor: 100, reason: 'Outage' },
    })
  await expect(credit()).rejects.toMatchObject(unsaid)
  expect(await say(notes, 0)).toMatchObject({ lost: 0 })
  await credit()

  // Explained is only what somebody said; another gap is still an offence.
  expect(await north.owner.read('lost_numbers', { kind: 'invoice' })).toMatchObject([
    { last_serial: 4, said_by_name: expect.any(String), note: 'The last paper in the drawer' },
  ])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
  await own.sql`
    update tenancy.document_series set next_number = next_number + 1 where kind = 'invoice' and tenant_id = ${north.id}`
  expect(await own.sql`select invariant, detail from ledger.offences(${north.id})`).toEqual([
    { invariant: 'an invoice series has no gap', detail: 'number 7 is missing' },
  ])
}, 120_000)
