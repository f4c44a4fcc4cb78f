// What lies on the phone tells nobody anything without the PIN, and is never lost for want of it.

import { expect, test, vi } from 'vitest'
import { collect, recordVisit } from './collect'
import { choosePin, isGuessable, recover, recoveryKeyOf, unlock } from './pin'
import {
  anInvoice,
  aProfile,
  aServer,
  aSubscriber,
  everything,
  inMirror,
  MORNING,
  openPhone,
  phoneWith,
} from './story'
import { syncOnce } from './sync'
import type { Phone } from './phone'
import type { Vault } from './vault'
import { myPayments, unsentEntries } from './own-payments'
import { listStops } from './view'

// A PIN is slow to try on purpose.
vi.setConfig({ testTimeout: 60_000 })

const PIN = '274915'
const ana = aSubscriber()

const take = (phone: Phone, amountMinor = 1_000) =>
  collect(phone, { id: phone.newId(), subscriberId: ana.id, subscriptionId: null, amountMinor })

/** Every byte of the store, as somebody who copied it would search it. */
async function everyByte({ db }: Phone) {
  const rows = await everything(db)
  return JSON.stringify(rows, (_, value: unknown) =>
    value instanceof Uint8Array
      ? Array.from(value, (byte) => String.fromCharCode(byte)).join('')
      : value,
  )
}

async function opened(answer: Promise<{ state: string; vault?: Vault }>): Promise<Vault> {
  const { state, vault } = await answer
  if (!vault) throw new Error(`The store stays shut: ${state}`)
  return vault
}

test('no name, no account and no amount lies open, in the mirror, the queue, or a pull that was cut', async () => {
  const server = aServer({ subscribers: [ana], invoices: [anInvoice(ana)] })
  const phone = await phoneWith({}, { call: server.call })
  await syncOnce(phone)
  await take(phone, 123_456)
  await recordVisit(phone, {
    id: phone.newId(),
    subscriberId: ana.id,
    outcome: 'not_home',
    note: 'Dog at the gate',
  })

  const bytes = await everyByte(phone)
  for (const secret of [
    'Ana Reyes',
    'ana',
    ana.account_no,
    '123456',
    'Dog',
    'Bulua',
    'INV-000001',
  ]) {
    expect(bytes, secret).not.toContain(secret)
  }
  expect(await listStops(phone)).toMatchObject([{ name: 'Ana Reyes' }])
  expect(await unsentEntries(phone)).toMatchObject([
    { input: { amount_minor: 123_456 } },
    { input: { note: 'Dog at the gate' } },
  ])
})

test('the PIN opens what it closed, and nothing else does', async () => {
  const { db } = openPhone()
  const vault = await opened(choosePin(db, PIN, MORNING))
  const sealed = await vault.seal({ amount: 5 })

  expect(await unlock(db, '111112', MORNING)).toEqual({ state: 'wrong' })
  const again = await opened(unlock(db, PIN, MORNING))
  expect(await again.open(sealed)).toEqual({ amount: 5 })
  sealed.sealed[20] = (sealed.sealed[20] ?? 0) ^ 1
  await expect(again.open(sealed)).rejects.toThrow()
})

test('a PIN chosen in two windows at once is one PIN', async () => {
  const profile = aProfile()
  const [one, two] = [openPhone({ profile }), openPhone({ profile })]
  const [first, second] = await Promise.all([
    opened(choosePin(one.db, PIN, MORNING)),
    opened(choosePin(two.db, PIN, MORNING)),
  ])

  expect(await second.open(await first.seal('x'))).toBe('x')
})

test('wrong tries cost more and more time, also after a restart, and the right PIN ends it', async () => {
  const { db } = openPhone()
  await choosePin(db, PIN, MORNING)
  for (let tries = 0; tries < 4; tries += 1) {
    expect(await unlock(db, '111112', MORNING)).toEqual({ state: 'wrong' })
  }
  expect(await unlock(db, '111112', MORNING)).toEqual({ state: 'wait', seconds: 30 })
  expect(await unlock(db, PIN, MORNING + 29_000)).toEqual({ state: 'wait', seconds: 1 })
  expect(await unlock(db, '111112', MORNING + 30_000)).toEqual({ state: 'wait', seconds: 60 })
  expect(await unlock(db, PIN, MORNING - 86_400_000)).toEqual({ state: 'wait', seconds: 60 })
  expect(await unlock(db, PIN, MORNING + 90_000)).toMatchObject({ state: 'open' })
})

test('a forgotten PIN loses nothing: the key of the office opens the same store', async () => {
  const { db } = openPhone()
  const vault = await opened(choosePin(db, PIN, MORNING))
  const sealed = await vault.seal('the queue')
  const key = String(await recoveryKeyOf(db, vault))

  expect(await recover(db, 'ab'.repeat(32), '830264')).toBeNull()
  const recovered = await recover(db, key, '830264')
  expect(await recovered?.open(sealed)).toBe('the queue')
  expect(await unlock(db, PIN, MORNING)).toEqual({ state: 'wrong' })
  expect(await (await opened(unlock(db, '830264', MORNING))).open(sealed)).toBe('the queue')
})

test.each([
  ['000000', true],
  ['123456', true],
  ['987654', true],
  ['274915', false],
  ['112233', false],
])('%s is guessed at once: %s', (pin, is) => {
  expect(isGuessable(pin)).toBe(is)
})

test('what one window pulled the other shows', async () => {
  const profile = aProfile()
  const server = aServer({ subscribers: [ana] })
  const one = await phoneWith({ subscribers: [ana] }, { profile, call: server.call })
  const two = openPhone({ profile })
  expect(await listStops(two)).toMatchObject([{ name: 'Ana Reyes' }])

  server.rows = { subscribers: [{ ...ana, name: 'Ana Cruz' }] }
  await syncOnce(one)
  expect(await listStops(two)).toMatchObject([{ name: 'Ana Cruz' }])
})

test('a small change is written small', async () => {
  const many = Array.from({ length: 200 }, () => aSubscriber())
  const phone = await phoneWith({ subscribers: many })
  const before = await phone.db.chest.list()
  await inMirror(phone, { subscribers: many.slice(0, 1) })
  const after = await phone.db.chest.list()

  const same = after.filter((row, at) => String(row.sealed) === String(before[at]?.sealed))
  expect(after).toHaveLength(16)
  expect(same).toHaveLength(15)
})

// Ended by the office -----------------------------------------------------------------------------

test('a phone that is to be emptied sends first, and keeps everything while it cannot', async () => {
  const server = aServer()
  const phone = await phoneWith({ subscribers: [ana] }, { call: server.call })
  await take(phone)

  const line = toBeEmptied(phone, server.call)
  line.losePush = true
  expect(await syncOnce(phone)).toEqual({ kind: 'unreachable' })
  expect(await unsentEntries(phone)).toHaveLength(1)

  line.losePush = false
  expect(await syncOnce(phone)).toEqual({ kind: 'refused', reason: 'device_wiped' })
  expect(server.commands).toHaveLength(1)
  expect(server.asked).toContain('/api/device/wiped')
  expect((await everything(phone.db)).flat()).toEqual([])
})

test('a phone that was ended forgets the subscribers and its numbers, and keeps what was taken', async () => {
  const server = aServer()
  const phone = await phoneWith({ subscribers: [ana] }, { call: server.call })
  await take(phone)
  phone.call = async () => ({ kind: 'refused', reason: 'device_revoked' })

  await phone.db.meta.put({ key: 'device', value: { status: 'active' } })
  expect(await syncOnce(phone)).toEqual({ kind: 'refused', reason: 'device_revoked' })
  expect(await listStops(phone)).toEqual([])
  expect(await phone.db.blocks.count()).toBe(0)
  expect(await unsentEntries(phone)).toMatchObject([{ input: { amount_minor: 1_000 } }])
  expect(await myPayments(phone)).toMatchObject([{ subscriberName: 'Ana Reyes' }])
})

/** The office asked this phone to empty itself: it may send, and is told nothing. */
function toBeEmptied(phone: Phone, call: Phone['call']) {
  const line = { losePush: false }
  phone.call = async (path, body) => {
    if (path === '/api/sync/push' && line.losePush) return { kind: 'unreachable' }
    if (path === '/api/sync/pull') return { kind: 'refused', reason: 'device_wiping' }
    return call(path, body)
  }
  return line
}
