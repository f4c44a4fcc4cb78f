// The phone's storage gives back less than was written: a record that does not open, one that is gone, a lock that was cut off, a store
// of a newer version. What can be sent is sent, what cannot is told to the office, and nobody waits behind it.

import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import { readRescue } from '~/domain/rescue'
import { collect, recordVisit } from './collect'
import type { Sealed } from '~/domain/sealing'
import {
  databaseName,
  type PhoneDatabase,
  phoneDatabase,
  STORE_VERSION,
  type StoredEntry,
  type StoredReceipt,
} from './database'
import type { Door } from './door'
import { lockState, recoveryKeyOf } from './pin'
import type { Call, Phone } from './phone'
import { open, queuesHere, type World } from './ready'
import { storeOf } from './store'
import {
  anInvoice,
  aProfile,
  aServer,
  aSubscriber,
  inMirror,
  MORNING,
  openPhone,
  phoneWith,
} from './story'
import { startSync, syncOnce } from './sync'
import { cashRecord } from './cash-record'
import { totals } from './limits'
import { myPayments, receipt, unsentEntries, whereReceiptIs } from './own-payments'
import { listStops, subscriberCard } from './view'

// A PIN is slow to try on purpose.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
})

const PIN = '274915'
const ana = aSubscriber()
const ben = aSubscriber({ account_no: 'CDO-2', name: 'Ben Cruz', position: 2 })

const take = (phone: Phone, amountMinor: number, note?: string) =>
  collect(phone, {
    id: phone.newId(),
    subscriberId: ana.id,
    subscriptionId: null,
    amountMinor,
    ...(note ? { note } : {}),
  })

function bitten({ sealed }: Sealed): Sealed {
  return { sealed: sealed.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) }
}

const damages: Array<[string, unknown]> = [
  ['one bit is another', bitten],
  ['it was cut off', ({ sealed }: Sealed) => ({ sealed: sealed.slice(0, 9) })],
  ['nothing is left', () => null],
]

async function damageEntry({ db }: Pick<Phone, 'db'>, id: string, damage: unknown) {
  const entry = await db.outbox.get(id)
  const input = (damage as (held: unknown) => Sealed)(entry?.input)
  await db.outbox.change(id, { input } as StoredEntry)
}

/** The app is opened again: nothing is remembered. */
function opensAgain(phone: Phone, call: Call = phone.call): Phone {
  return openPhone({ profile: phone.profile, call })
}

async function everyScreen(phone: Phone) {
  await Promise.all([
    listStops(phone),
    subscriberCard(phone, ana.id),
    myPayments(phone),
    totals(phone),
    cashRecord(phone),
    unsentEntries(phone),
  ])
}

// The outbox --------------------------------------------------------------------------------------

test.each(damages)('an entry is told by its receipt, word for word: %s', async (_, damage) => {
  const server = aServer({ subscribers: [ana] })
  const first = await phoneWith({ subscribers: [ana] }, { call: server.call })
  const paid = [await take(first, 1_000), await take(first, 2_000), await take(first, 3_000)]
  const written = await unsentEntries(first)
  await damageEntry(first, String(paid[1]?.payment_id), damage)

  const phone = opensAgain(first)
  await everyScreen(phone)
  expect((await totals(phone)).onHandMinor).toBe(6_000)
  expect(await syncOnce(phone)).toBeNull()
  expect(server.commands.map(({ input }) => input)).toEqual(written.map(({ input }) => input))
  expect(server.commands.filter((command) => 'set_aside' in command)).toEqual([])
  expect(await unsentEntries(phone)).toEqual([])
})

test.each(damages)('what no receipt tells goes as word of itself: %s', async (_, damage) => {
  const server = aServer({ subscribers: [ana] })
  const first = await phoneWith({ subscribers: [ana] }, { call: server.call })
  const before = await take(first, 1_000)
  const noted = await take(first, 2_000, 'By her mother')
  const visit = { id: first.newId(), subscriberId: ana.id, outcome: 'not_home' as const }
  await recordVisit(first, visit)
  const after = await take(first, 3_000)
  await damageEntry(first, noted.payment_id, damage)
  await damageEntry(first, visit.id, damage)

  const phone = opensAgain(first)
  await everyScreen(phone)
  expect((await totals(phone)).onHandMinor).toBe(6_000)
  const sync = startSync(phone)
  await sync.now()
  sync.stop()
  const ids = [before.payment_id, noted.payment_id, visit.id, after.payment_id]
  expect(server.commands.map(({ id }) => id)).toEqual(ids)
  expect(server.commands.map((command) => 'set_aside' in command)).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(server.commands[1]).toMatchObject({
    set_aside: 'damaged_on_phone',
    input: { subscriber_id: ana.id, amount_minor: 2_000, number: 'R-000002', serial: 2 },
  })
  expect(server.commands[2]).toMatchObject({ set_aside: 'damaged_on_phone', input: {} })
  expect(await unsentEntries(phone)).toEqual([])
  // The next deed goes on from there.
  expect(await take(phone, 4_000)).toMatchObject({ number: 'R-000004' })
})

test('the person is told how many do not open, until they are settled', async () => {
  const first = await phoneWith({ subscribers: [ana] })
  const noted = await take(first, 2_000, 'By her mother')
  await damageEntry(first, noted.payment_id, bitten)
  const sync = startSync(opensAgain(first))
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsent: 1, damaged: 1 }))
  sync.stop()
})

test('a receipt that does not open stops no screen, and the office is said to have it when it has', async () => {
  const server = aServer({ subscribers: [ana] })
  const first = await phoneWith({ subscribers: [ana] }, { call: server.call })
  const { payment_id } = await take(first, 1_000)
  const row = await first.db.receipts.get(payment_id)
  await first.db.receipts.put({ ...row, ...bitten(row as Sealed) } as StoredReceipt)

  const phone = opensAgain(first)
  await everyScreen(phone)
  expect(await receipt(phone, payment_id)).toBeNull()
  expect(await myPayments(phone)).toMatchObject([
    { amountMinor: 1_000, subscriberName: ana.name, number: 'R-000001' },
  ])
  expect(await whereReceiptIs(phone, payment_id)).toBe('unsent')
  expect(await whereReceiptIs(phone, phone.newId())).toBe('gone')
  await syncOnce(phone)
  expect(await whereReceiptIs(phone, payment_id)).toBe('damaged')
})

// The mirror --------------------------------------------------------------------------------------

test.each<[string, (phone: Phone, key: string) => Promise<unknown>]>([
  [
    'does not open',
    ({ db }, key) => db.chest.get(key).then((row) => row && db.chest.put({ key, ...bitten(row) })),
  ],
  ['is gone', ({ db }, key) => db.chest.delete(key)],
  ['has no index', ({ db }) => db.meta.delete('mirror')],
])('a mirror of which a part %s is fetched whole, and what was taken stays', async (_, damage) => {
  const rows = { subscribers: [ana, ben], invoices: [anInvoice(ana)] }
  const server = aServer(rows)
  const asked: Array<unknown> = []
  const call: Call = (path, body) => {
    if (path === '/api/sync/pull') asked.push((body as { cursor: unknown }).cursor)
    return server.call(path, body)
  }
  const first = await phoneWith({}, { call })
  expect(await syncOnce(first)).toBeNull()
  first.call = async () => ({ kind: 'unreachable' })
  await take(first, 1_000)
  const key = `subscribers.${Number.parseInt(ana.id.slice(-1), 16)}`
  await damage(first, key)

  const far = opensAgain(first)
  const sync = startSync(far)
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ isTorn: true, unsent: 1 }))
  sync.stop()
  await everyScreen(far)
  expect(await listStops(far)).not.toHaveLength(2)

  const near = opensAgain(first, call)
  expect(await syncOnce(near)).toBeNull()
  expect(asked).toEqual([null, null])
  expect(await listStops(near)).toMatchObject([{ name: 'Ana Reyes' }, { name: 'Ben Cruz' }])
  expect(server.commands).toHaveLength(1)
  expect(await syncOnce(near)).toBeNull()
  expect(asked.at(-1)).not.toBeNull()
})

test('a chunk laid aside that does not open is asked for again', async () => {
  const server = aServer({ subscribers: [ana] })
  const phone = await phoneWith({}, { call: server.call })
  await phone.db.arrivals.add({ rows: bitten(await phone.vault.seal({})) })
  server.rows = { subscribers: [ana] }
  const call = phone.call
  // The server goes on with what was begun.
  phone.call = async (path, body) => {
    const reply = await call(path, body)
    const isPull = path === '/api/sync/pull' && reply.kind === 'ok'
    return isPull ? { kind: 'ok', body: { ...(reply.body as object), first: false } } : reply
  }
  expect(await syncOnce(phone)).toEqual({ kind: 'unreachable' })
  expect(await syncOnce(phone)).toBeNull()
  expect(await listStops(phone)).toHaveLength(1)
})

// The lock ----------------------------------------------------------------------------------------

const carlo = aProfile({ email: 'carlo@example.com' })

/** The office keeps the recovery key and gives it for the password. */
function world(office: { key: string | null }): World {
  const call: Call = async (path, body) => {
    if (path === '/api/me') return { kind: 'ok', body: carlo }
    if (path !== '/api/device/recovery') return { kind: 'unreachable' }
    const { password } = body as { password: string }
    return password === 'right' && office.key
      ? { kind: 'ok', body: { recovery_key: office.key } }
      : { kind: 'refused', reason: 'password' }
  }
  return { callAs: () => call, readClock: () => MORNING }
}

async function doorOf(here: World): Promise<Door> {
  const door = await open(here)
  if (door.state !== 'locked') throw new Error('Nobody is known here')
  return door
}

const inside = async (knock: ReturnType<Door['unlock']>) => {
  const opened = await knock
  if (opened.state !== 'ready') throw new Error(`The door stays shut: ${JSON.stringify(opened)}`)
  opened.sync.stop()
  return opened.phone
}

/** A phone with a payment on it, closed. */
async function aClosedPhone() {
  const office = { key: null as string | null }
  const here = world(office)
  const phone = await inside((await doorOf(here)).choose(PIN))
  await inMirror(phone, { subscribers: [ana] })
  await phone.db.blocks.put({
    id: 'b',
    prefix: 'R-',
    first_serial: 1,
    last_serial: 9,
    next_serial: 1,
  })
  await take(phone, 1_000)
  office.key = String(await recoveryKeyOf(phone.db, phone.vault))
  phone.db.close()
  const db = phoneDatabase(databaseName(carlo.tenant_id, carlo.user_id))
  return { here, db }
}

async function cutLock(db: PhoneDatabase, key: 'lock' | 'lock_spare') {
  const { by_pin: _, ...value } = (await db.meta.get(key))?.value as Record<string, unknown>
  await db.meta.put({ key, value })
}

test('one of the two lock records is enough, and the other is written anew', async () => {
  const { here, db } = await aClosedPhone()
  await cutLock(db, 'lock')
  db.close()
  const door = await doorOf(here)
  expect(door).toMatchObject({ hasPin: true, trouble: null, unsent: 1 })
  const phone = await inside(door.unlock(PIN))
  expect(await unsentEntries(phone)).toMatchObject([{ input: { amount_minor: 1_000 } }])
  const [lock, spare] = await phone.db.meta.getEach(['lock', 'lock_spare'])
  expect(lock?.value).toEqual(spare?.value)
  phone.db.close()
})

test.each<[string, (db: PhoneDatabase) => PromiseLike<unknown>]>([
  ['both locks cut off', (db) => Promise.all([cutLock(db, 'lock'), cutLock(db, 'lock_spare')])],
  ['the keys of the phone gone', (db) => db.keys.clear()],
])('%s: the password opens it, and nothing is lost', async (_, damage) => {
  const { here, db } = await aClosedPhone()
  await damage(db)
  db.close()
  const door = await doorOf(here)
  expect(door).toMatchObject({ hasPin: true, trouble: 'lock', unsent: 1, beginAnew: null })
  // The file for the office is there all the same.
  const bytes = await door.queue?.save()
  expect((await readRescue(bytes ?? new Uint8Array()))?.content).toMatchObject({
    device_id: expect.any(String),
  })

  expect(await door.recover('wrong', '830264')).toMatchObject({ reason: 'password' })
  const phone = await inside(door.recover('right', '830264'))
  expect(await unsentEntries(phone)).toMatchObject([{ input: { amount_minor: 1_000 } }])
  expect(await lockState(phone.db)).toBe('fine')
  // New keys are nobody's certificate: what they sign would look forged.
  const hadKeys = _.startsWith('both')
  expect('signature' in (await take(phone, 2_000))).toBe(hadKeys)
  phone.db.close()
})

test('no lock at all and something behind it: no new PIN closes it for good', async () => {
  const { here, db } = await aClosedPhone()
  await db.meta.delete('lock', 'lock_spare')
  const door = await doorOf(here)
  expect(door).toMatchObject({ hasPin: true, trouble: 'lock', unsent: 1, queue: null })
  expect(door.beginAnew).toBeNull()
  expect(await door.recover('right', '830264')).toMatchObject({ reason: 'unknown' })
  expect(await db.outbox.count()).toBe(1)
  db.close()
})

test('a phone that opens no more and holds nothing that waits begins anew', async () => {
  const { here, db } = await aClosedPhone()
  await db.meta.delete('lock', 'lock_spare')
  for (const { id } of await db.outbox.list()) await db.outbox.change(id, { state: 'mirrored' })
  db.close()
  await (await doorOf(here)).beginAnew?.()
  expect(await doorOf(here)).toMatchObject({ hasPin: false, trouble: null })
})

test('a damaged entry goes into the file as it lies, with the others', async () => {
  const { here, db } = await aClosedPhone()
  for (const { id } of await db.outbox.list()) await damageEntry({ db }, id, () => null)
  db.close()
  const bytes = await (await doorOf(here)).queue?.save()
  expect((await readRescue(bytes ?? new Uint8Array()))?.content).toMatchObject({
    entries: [{ name: 'record_payment', input: '' }],
  })
})

// A newer version -----------------------------------------------------------------------------------

test('a store of a newer version is left as it is, and hands its queue over', async () => {
  const { here, db } = await aClosedPhone()
  db.close()
  const newer = storeOf<{ dreams: object }>(db.name, {
    version: STORE_VERSION + 1,
    shape: { dreams: { key: 'id' } },
  })
  expect(await newer.names()).toContain('dreams')
  newer.close()

  const door = await doorOf(here)
  expect(door).toMatchObject({ hasPin: true, trouble: 'newer', unsent: 1, beginAnew: null })
  expect((await readRescue((await door.queue?.save()) ?? new Uint8Array()))?.content).toMatchObject(
    {
      entries: [{ name: 'record_payment' }],
    },
  )
  expect(await queuesHere(() => MORNING)).toHaveLength(1)
})
