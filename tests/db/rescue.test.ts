// A phone that cannot send: its file, opened by the office, brings everything once, and nothing that is not the phone's own.

import { beforeEach, expect, test, vi } from 'vitest'
import { bytesOfSeries, codesOf, type Series, withCode } from '../../app/domain/code-series.ts'
import { toBase64Url } from '../../app/domain/bytes.ts'
import { packRescue, readRescue, type RescueContent } from '../../app/domain/rescue.ts'
import { recordPromise, recordVisit } from '../../app/offline/collect.ts'
import type { Phone } from '../../app/offline/phone.ts'
import { choosePin } from '../../app/offline/pin.ts'
import { handIn } from '../../app/offline/remit.ts'
import { queueOf } from '../../app/offline/rescue.ts'
import { syncOnce } from '../../app/offline/sync.ts'
import { unsentEntries } from '../../app/offline/own-payments.ts'
import { previewRescue, type RescueAnswer, takeInRescue } from '../../app/server/rescue.server.ts'
import type { Db } from '../../app/server/supabase.server.ts'
import { ownApi, type OwnApi } from './api.ts'
import { aRoute, approveAtOffice, type Line, roadPhone, take } from './road.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

// A PIN is slow to try on purpose, and each story has a database and an API of its own.
vi.setConfig({ testTimeout: 60_000 })

let own: OwnApi
let north: Tenant
let carlo: Person
let subscribers: Array<string>
let line: Line
let phone: Phone

beforeEach(async () => {
  own = await ownApi()
  const scene = await aRoute(own, 3)
  north = scene.north
  carlo = scene.carlo
  subscribers = scene.subscribers
  line = { isUp: true, losesAnswers: 0 }
  const shut = roadPhone(north, carlo, line, { at: Date.now() })
  const chosen = await choosePin(shut.db, '274915', Date.now())
  if (chosen.state !== 'open') throw new Error('The store stays shut')
  phone = { ...shut, vault: chosen.vault }
  await approveAtOffice(north, phone)
  await syncOnce(phone)
  line.isUp = false
}, 60_000)

/** A round of the road: two payments, a visit and a promise, and the first payment again in time. */
async function aDay() {
  await take(phone, door(0), 99_900)
  await recordVisit(phone, {
    id: phone.newId(),
    subscriberId: door(1),
    outcome: 'not_home',
    note: 'Dog',
  })
  await take(phone, door(1), 50_000)
  const promisedOn = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  await recordPromise(phone, { id: phone.newId(), subscriberId: door(2), promisedOn })
}

const door = (at: number) => String(subscribers[at])

/** The office's own way to the database, as the web server has it. */
const desk = (person: { claims: Person['claims'] }) => own.clientOf(person.claims) as unknown as Db

/** With nothing but what lies on the phone: no PIN, no signal, no session. */
async function saved(tenantId = north.id): Promise<Uint8Array<ArrayBuffer>> {
  const whose = { tenantId, deviceId: phone.deviceId, readClock: () => Date.now() }
  const queue = await queueOf(phone.db, whose)
  if (!queue) throw new Error('There is nothing to hand over')
  return queue.save()
}

const look = (file: Uint8Array<ArrayBuffer>, at = north) =>
  previewRescue(desk(at.owner), at.id, toBase64Url(file))
const takeIn = (file: Uint8Array<ArrayBuffer>, by: { claims: Person['claims'] } = north.owner) =>
  takeInRescue(desk(by), north.id, toBase64Url(file))

function rescued(answer: RescueAnswer) {
  if (!answer.ok) throw new Error(answer.sentence)
  return answer.rescue
}
const statesOf = (answer: RescueAnswer) => rescued(answer).items.map(({ state }) => state)

const books = () => own.sql`
  select (select count(*)::int from collections.payments where tenant_id = ${north.id}) as payments,
    (select coalesce(sum(amount_minor), 0)::int from collections.payments where tenant_id = ${north.id}) as minor,
    (select count(*)::int from collections.receipts where tenant_id = ${north.id}) as receipts,
    (select count(*)::int from collections.visits where tenant_id = ${north.id}) as visits,
    (select count(*)::int from collections.promises where tenant_id = ${north.id}) as promises,
    (select count(*)::int from sync.alarms where tenant_id = ${north.id}) as alarms`
const THE_DAY = { payments: 2, minor: 149_900, receipts: 2, visits: 1, promises: 1, alarms: 0 }

test('a file is looked at, taken in, taken in again, and the phone syncs later: each thing is there once', async () => {
  await aDay()
  const file = await saved()

  const seen = rescued(await look(file))
  expect(seen).toMatchObject({ member_name: 'Carlo Collector', device_status: 'active' })
  expect(seen.items).toMatchObject([
    { name: 'record_payment', amount_minor: 99_900, subscriber_name: 'Door 000', state: 'new' },
    { name: 'record_visit', amount_minor: null, state: 'new' },
    { name: 'record_payment', amount_minor: 50_000, state: 'new' },
    { name: 'record_promise', amount_minor: null, state: 'new' },
  ])
  expect(await books()).toEqual([
    { payments: 0, minor: 0, receipts: 0, visits: 0, promises: 0, alarms: 0 },
  ])

  expect(statesOf(await takeIn(file))).toEqual(['applied', 'applied', 'applied', 'applied'])
  expect(await books()).toEqual([THE_DAY])
  expect(statesOf(await look(file))).toEqual(['known', 'known', 'known', 'known'])
  expect(statesOf(await takeIn(file))).toEqual(['known', 'known', 'known', 'known'])

  await take(phone, door(2), 20_000)
  line.isUp = true
  expect(await syncOnce(phone)).toBeNull()
  expect(await unsentEntries(phone)).toEqual([])
  expect(await books()).toEqual([{ ...THE_DAY, payments: 3, minor: 169_900, receipts: 3 }])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
})

test('what comes in by a file is the collector’s own, and the log names who brought it', async () => {
  await aDay()
  const cashier = await north.member('collections.rescue', 'collections.read', 'subscribers.read')
  await takeIn(await saved(), cashier)

  expect(
    await own.sql`
    select distinct received_by, channel from collections.payments where tenant_id = ${north.id}`,
  ).toEqual([{ received_by: carlo.memberId, channel: 'field' }])
  expect(await own.sql`select taken_by from collections.promises`).toEqual([
    { taken_by: carlo.memberId },
  ])
  expect(
    await own.sql`
    select distinct actor_id, source from audit.entries
    where tenant_id = ${north.id} and table_name in ('sync.commands', 'collections.payments')`,
  ).toEqual([{ actor_id: cashier.memberId, source: 'rescue' }])
  expect(await cashier.read('rescues')).toMatchObject([
    { member_name: 'Carlo Collector', applied_count: 4, parked_count: 0, known_count: 0 },
  ])
})

test('half sent and half by file is whole', async () => {
  await aDay()
  const file = await saved()
  line.isUp = true
  line.losesAnswers = 99
  await syncOnce(phone)
  line.losesAnswers = 0
  line.isUp = false
  await take(phone, door(2), 20_000)

  expect(statesOf(await takeIn(file))).toEqual(['known', 'known', 'known', 'known'])
  expect(statesOf(await takeIn(await saved()))).toEqual([
    'known',
    'known',
    'known',
    'known',
    'applied',
  ])
  expect(await books()).toEqual([{ ...THE_DAY, payments: 3, minor: 169_900, receipts: 3 }])
})

test('the same by a row of codes, in any order', async () => {
  await aDay()
  const file = await saved()
  const codes = codesOf(file)
  expect(codes.length).toBeGreaterThan(1)
  const series = codes.reverse().reduce<Series | null>((read, code) => withCode(read, code), null)
  const read = series && bytesOfSeries(series)
  expect(statesOf(await takeIn(read ?? new Uint8Array()))).toEqual([
    'applied',
    'applied',
    'applied',
    'applied',
  ])
})

test('a byte that was changed, anywhere, and nothing of the file is taken in', async () => {
  await aDay()
  const file = await saved()
  const places = [0, 10, 40, 70, 100, Math.floor(file.length / 2), file.length - 1]
  for (const at of places) {
    const changed = file.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await takeIn(changed), `byte ${at}`).toMatchObject({ ok: false })
  }
  expect(await takeIn(file.slice(0, -9))).toMatchObject({ ok: false })
  expect(await books()).toMatchObject([{ payments: 0 }])
})

test('what was packed again by another hand is refused, however well it reads', async () => {
  await aDay()
  const file = await readRescue(await saved())
  const content = file?.content as RescueContent
  const forged = content.entries.map((entry, at) =>
    at === 0 ? { ...entry, happened_at: '2026-01-01T00:00:00.000Z' } : entry,
  )
  const again = await packRescue(
    { ...content, entries: forged },
    async () => file?.signature.slice().buffer as ArrayBuffer,
  )
  expect(await takeIn(again)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('not as the phone signed it'),
  })
  expect(await books()).toMatchObject([{ payments: 0 }])
})

test('a file of another ISP is refused in a sentence, also when it says it is of this one', async () => {
  await aDay()
  const south = await signUpTenant('South Fiber', own)
  expect(await look(await saved(), south)).toEqual({
    ok: false,
    sentence: 'This file is from a phone of another ISP. Only that ISP can open it.',
  })
  expect(await look(await saved(south.id), south)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('not known here'),
  })
  expect(await own.sql`select * from sync.rescues`).toEqual([])
})

test('who may not, may neither look nor take in', async () => {
  await aDay()
  const file = await saved()
  const clerk = await north.member('collections.read', 'collections.settle')
  await expect(
    clerk.call('open_rescue', { rescue: { id: phone.newId(), device_id: phone.deviceId } }),
  ).rejects.toMatchObject({ code: 'PT403' })
  await look(file)
  const [rescue] = await own.sql`select id from sync.rescues`
  await expect(
    clerk.call('import_rescue', { rescue_id: rescue?.['id'], commands: [{}] }),
  ).rejects.toMatchObject({ code: 'PT403' })
  await expect(
    carlo.call('open_rescue', { rescue: { id: phone.newId(), device_id: phone.deviceId } }),
  ).rejects.toMatchObject({ code: 'PT403' })
})

test('a phone that was ended, of a person who left: its cash is taken in and waits for a person, and then its queue ends', async () => {
  await aDay()
  await north.owner.call('revoke_device', {
    device_id: phone.deviceId,
    reason: 'Lost in the river',
  })
  await north.owner.call('revoke_member', { member_id: carlo.memberId, reason: 'left' })

  const parked = { state: 'parked', reason: 'device_revoked' }
  expect(rescued(await takeIn(await saved())).items).toMatchObject([parked, parked, parked, parked])
  expect(
    await own.sql`select stage, sum(amount_minor)::int as minor from collections.payments group by stage`,
  ).toEqual([{ stage: 'unidentified', minor: 149_900 }])

  // Let in again, it sends the same and learns that all is there.
  await north.owner.call('reinstate_member', { member_id: carlo.memberId })
  await own.sql`update access.members set version = 1 where id = ${carlo.memberId}`
  line.isUp = true
  expect(await syncOnce(phone)).toEqual({ kind: 'refused', reason: 'device_revoked' })
  expect(await unsentEntries(phone)).toEqual([])
  expect(await books()).toMatchObject([{ payments: 2, minor: 149_900 }])
})

test('the day’s end by file: the hand-in comes in with it, and its sum stays untold until it is counted', async () => {
  await aDay()
  await handIn(phone, { id: phone.newId(), pieces: { '100000': 1, '50000': 1 } })
  const items = rescued(await takeIn(await saved())).items
  expect(items.at(-1)).toMatchObject({
    name: 'submit_remittance',
    amount_minor: null,
    state: 'applied',
  })
  expect(
    await own.sql`select collector_id, submitted_by, state from collections.remittances`,
  ).toEqual([{ collector_id: carlo.memberId, submitted_by: carlo.memberId, state: 'submitted' }])
})

test('what was damaged on the phone comes in as word of itself, and stops nothing of the rest', async () => {
  await aDay()
  const [, visit, second] = await unsentEntries(phone)
  const bite = (id: unknown) =>
    phone.db.outbox.change(String(id), { input: { sealed: new Uint8Array(40) } })
  await bite(visit?.id)
  await bite(second?.id)

  const answer = await takeIn(await saved())
  expect(statesOf(answer)).toEqual(['applied', 'parked', 'parked', 'applied'])
  expect(await books()).toMatchObject([{ payments: 1, minor: 99_900, visits: 0, promises: 1 }])
  const told = () => own.sql`
    select command_id, input ->> 'set_aside' as word, input #>> '{input,amount_minor}' as minor
    from sync.alarms where kind = 'unreadable' order by id`
  expect(await told()).toEqual([
    { command_id: visit?.id, word: 'damaged_on_phone', minor: null },
    { command_id: second?.id, word: 'damaged_on_phone', minor: null },
  ])

  // The phone itself reads the payment off its receipt, and says the same of it once more with its amount.
  phone.memory.inputs.clear()
  line.isUp = true
  expect(await syncOnce(phone)).toBeNull()
  expect(await unsentEntries(phone)).toEqual([])
  expect((await told()).map(({ minor }) => minor)).toContain('50000')

  // Told twice, its cash is taken once.
  const alarms = await own.sql`select id from sync.alarms where command_id = ${String(second?.id)}`
  expect(alarms).toHaveLength(2)
  const settle = (alarm: { id?: unknown } | undefined) =>
    north.owner.call('settle_alarm', {
      alarm_id: alarm?.id,
      note: 'Seen on the receipt',
      subscriber_id: door(1),
      amount_minor: 50_000,
    })
  await settle(alarms[0])
  await expect(settle(alarms[1])).rejects.toMatchObject({
    code: 'PT409',
    detail: 'already_settled',
  })
  expect(await books()).toMatchObject([{ payments: 2, minor: 149_900 }])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
})

test('phone and office at once: one waits for the other, and each thing is there once', async () => {
  await aDay()
  const file = await saved()
  line.isUp = true
  await Promise.all([syncOnce(phone), takeIn(file), takeIn(file), syncOnce(phone)])
  expect(await unsentEntries(phone)).toEqual([])
  expect(await books()).toEqual([THE_DAY])
})

test('the file tells a finder nothing: no name, no account, no amount, and the phone alone does not open it', async () => {
  await aDay()
  const text = JSON.stringify((await readRescue(await saved()))?.content)
  for (const secret of ['Door', 'Dog', '99900', '50000', door(0), 'Carlo'])
    expect(text).not.toContain(secret)
})
