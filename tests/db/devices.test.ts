// Whose phone may work for an ISP: made known by its person, let in by the office, emptied or ended by the office.

import { beforeEach, expect, test } from 'vitest'
import { toBase64Url } from '../../app/domain/bytes.ts'
import { isAuthentic, type ReceiptKey, receiptBytes } from '../../app/domain/receipt-signature.ts'
import { hashOf } from '../../app/offline/chain.ts'
import type { Command } from '../../app/offline/database.ts'
import { actor, setClock, sql } from './database.ts'
import { A_KEY, approvedDevice, NOON, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { expectSound } from './money.ts'
import { claimsOf, type Person, signUpTenant, type Tenant, twoTenants } from './story.ts'

let north: Tenant
let carlo: Person

beforeEach(async () => {
  await setClock('2026-10-15T04:00:00Z')
  north = await signUpTenant('North Fiber')
  carlo = await north.collector()
  await setClock(NOON)
})

const register = (person: Person, id: string, more: Record<string, unknown> = {}) =>
  person.call('register_device', {
    device: { id, label: 'Android', public_key: A_KEY, ...more },
  })
const office = (name: string, deviceId: string, reason?: string) =>
  north.owner.call(name, { device_id: deviceId, ...(reason ? { reason } : {}) })
const pull = (person: Person, deviceId: string) =>
  person.call('sync_pull', { device_id: deviceId, cursor: null })

const refusal = (code: string, detail: string) => ({ code, detail })

test('a new phone waits for the office: no subscribers, no numbers, yet cash is taken', async () => {
  const id = uuid7()
  await register(carlo, id)
  const pending = refusal('PT403', 'device_pending')

  await expect(pull(carlo, id)).rejects.toMatchObject(pending)
  await expect(carlo.call('reserve_receipts', { device_id: id })).rejects.toMatchObject(pending)
  const { results } = await carlo.call<{ results: Array<unknown> }>('sync_push', {
    batch: {
      device_id: id,
      unsent_count: 0,
      commands: [
        {
          id: uuid7(),
          device_seq: 1,
          name: 'record_payment',
          happened_at: NOON,
          schema_version: 1,
          input: { subscriber_id: await north.subscriber(), amount_minor: 5_000, serial: 7 },
        },
      ],
    },
  })
  expect(results).toMatchObject([{ state: 'parked', reason: 'receipt_not_lent' }])
  await expectSound(north)

  await office('approve_device', id)
  expect(await pull(carlo, id)).toMatchObject({ full: true })
  expect(await north.owner.read('devices')).toMatchObject([
    { status: 'active', approved_by_name: 'North Fiber Owner' },
  ])
})

test.each([
  ['no key', undefined],
  ['half a key', { kty: 'EC', crv: 'P-256', x: A_KEY.x }],
  ['another curve', { ...A_KEY, crv: 'P-384' }],
  ['the private half in it too', { ...A_KEY, x: `${A_KEY.x}A` }],
])('a phone with %s is refused', async (_, public_key) => {
  await expect(register(carlo, uuid7(), { public_key })).rejects.toMatchObject(
    refusal('PT400', 'invalid_device_key'),
  )
})

test('the private half of a key is not kept, and a phone’s key never changes', async () => {
  const id = uuid7()
  await register(carlo, id, { public_key: { ...A_KEY, d: 'secret' } })

  expect(await sql`select public_key from collections.devices where id = ${id}`).toEqual([
    { public_key: A_KEY },
  ])
  await expect(register(carlo, id, { public_key: { ...A_KEY, x: A_KEY.y } })).rejects.toMatchObject(
    refusal('PT409', 'device_key_changed'),
  )
})

test('one phone works at a time: the one before sends what it holds and empties itself', async () => {
  const subscriber = await north.subscriber()
  const old = await phoneOf(carlo)
  const late = old.payment(subscriber, 5_000)
  const fresh = await approvedDevice(carlo)

  expect(await north.owner.read('devices', { id: old.id })).toMatchObject([
    { status: 'wiping', end_reason: 'Replaced by A2' },
  ])
  const wiping = refusal('PT403', 'device_wiping')
  await expect(pull(carlo, old.id)).rejects.toMatchObject(wiping)
  await expect(carlo.call('reserve_receipts', { device_id: old.id })).rejects.toMatchObject(wiping)
  expect(await old.send(late)).toMatchObject({ state: 'applied' })

  await carlo.call('finish_wipe', { device_id: old.id })
  await carlo.call('finish_wipe', { device_id: old.id })
  expect(await north.owner.read('devices', { id: old.id })).toMatchObject([
    { status: 'revoked', wiped_at: expect.any(String), numbers_left: 0 },
  ])
  expect(await north.owner.read('receipt_blocks', { device_id: old.id })).toMatchObject([
    { state: 'cancelled', reason: 'Replaced by A2', used_count: 1 },
  ])
  expect(await pull(carlo, fresh)).toMatchObject({ full: true })
  await expectSound(north)
})

test('no way leads to two active phones of one person', async () => {
  const one = await approvedDevice(carlo)
  await approvedDevice(carlo)

  await expect(
    sql`update collections.devices set status = 'active' where id = ${one}`,
  ).rejects.toMatchObject({ constraint_name: 'devices_one_active_idx' })
})

test('an ended phone is not approved again, nor one whose person has left', async () => {
  const ended = await approvedDevice(carlo)
  await office('revoke_device', ended, 'Lost')
  await expect(office('approve_device', ended)).rejects.toMatchObject(
    refusal('PT409', 'device_ended'),
  )
  const id = uuid7()
  await register(carlo, id)
  await north.owner.call('revoke_member', { member_id: carlo.memberId, reason: 'left' })
  await expect(office('approve_device', id)).rejects.toMatchObject(
    refusal('PT409', 'membership_ended'),
  )
})

test('wiping needs a reason and an approved phone, and only a phone that was asked may finish it', async () => {
  const waiting = uuid7()
  await register(carlo, waiting)
  await expect(office('wipe_device', waiting, 'Old')).rejects.toMatchObject(
    refusal('PT409', 'device_pending'),
  )
  const id = await approvedDevice(carlo)
  await expect(office('wipe_device', id, ' ')).rejects.toMatchObject(
    refusal('PT400', 'reason_missing'),
  )
  await expect(carlo.call('finish_wipe', { device_id: id })).rejects.toMatchObject(
    refusal('PT409', 'wipe_not_asked'),
  )
  await office('wipe_device', id, 'Sold')
  expect(await north.owner.read('devices', { id })).toMatchObject([
    { status: 'wiping', end_reason: 'Sold', ended_by_name: 'North Fiber Owner' },
  ])
})

test('the office decides, in the own ISP; a collector does not let in the own phone', async () => {
  const { south } = await twoTenants()
  const id = uuid7()
  await register(carlo, id)

  for (const name of ['approve_device', 'wipe_device']) {
    const input = { device_id: id, ...(name === 'wipe_device' ? { reason: 'x' } : {}) }
    await expect(carlo.call(name, input)).rejects.toMatchObject({ code: 'PT403' })
    await expect(south.owner.call(name, input)).rejects.toMatchObject({ code: 'PT404' })
  }
})

test('the key that opens a store comes to its person alone, and only right after the password', async () => {
  const id = uuid7()
  const secret = '5a'.repeat(32)
  await register(carlo, id, { recovery_key: secret })
  await register(carlo, id, { recovery_key: 'ff'.repeat(32) })
  const dina = await north.collector('Dina')
  const signedIn = async (person: Person, method: string, age: number) =>
    actor({
      ...(await claimsOf(person.userId)),
      iat: 1_800_000_000,
      amr: [{ method, timestamp: 1_800_000_000 - age }],
    }).call('recovery_key', { device_id: id })

  expect(await signedIn(carlo, 'password', 0)).toBe(secret)
  const password = refusal('PT403', 'password_needed')
  await expect(carlo.call('recovery_key', { device_id: id })).rejects.toMatchObject(password)
  await expect(signedIn(carlo, 'token_refresh', 0)).rejects.toMatchObject(password)
  await expect(signedIn(carlo, 'password', 3_600)).rejects.toMatchObject(password)
  for (const other of [dina, north.owner]) {
    await expect(signedIn(other, 'password', 0)).rejects.toMatchObject({ code: 'PT404' })
  }
  await north.owner.call('revoke_member', { member_id: carlo.memberId, reason: 'left' })
  await expect(signedIn(carlo, 'password', 0)).rejects.toMatchObject({ code: 'PT404' })
})

// The chain ---------------------------------------------------------------------------------------

const alarms = async () =>
  (await north.owner.read<{ kind: string }>('alarms')).map(({ kind }) => kind)

/** Three visits that hang together, as the phone makes them. */
async function chained() {
  const phone = await phoneOf(carlo)
  const subscriber = await north.subscriber({ name: 'Ñiña “Ana” \\ Reyes' })
  const commands: Array<Command> = []
  let prev_hash = ''
  for (const note of ['Süd 😀', 'quote " and \\ and \u2028', 'tab\tbell\u0007']) {
    const input = {
      subscriber_id: subscriber,
      outcome: 'not_home',
      note,
      latitude: 8.480001,
      longitude: -0.000001,
      zzz: [1, 2.5, null, true, { b: 1, a: {}, é: [] }],
    }
    const command = phone.command('record_visit', input, { schema_version: 2, prev_hash })
    commands.push(command)
    prev_hash = await hashOf(command)
  }
  return { phone, commands }
}

test('what hangs together raises no alarm, whatever is written in it', async () => {
  const { phone, commands } = await chained()

  expect(await phone.push(...commands)).toMatchObject(commands.map(() => ({ state: 'applied' })))
  expect(await alarms()).toEqual([])
})

test.each<[string, (commands: Array<Command>) => Array<Command>]>([
  [
    'a command changed after the next was made',
    ([one, two]) => (one && two ? [{ ...one, input: { ...one.input, note: 'other' } }, two] : []),
  ],
  ['a chain that starts in the middle', ([one]) => (one ? [{ ...one, prev_hash: 'ab' }] : [])],
  [
    'a phone that stops chaining',
    ([one, two]) => (one && two ? [one, { ...two, schema_version: 1 }] : []),
  ],
])('%s is taken, and raises an alarm', async (_, change) => {
  const { phone, commands } = await chained()

  const answers = await phone.push(...change(commands))
  expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['applied']))
  expect(await alarms()).toEqual(['chain_broken'])
})

test('a command left out is a gap, not a broken chain', async () => {
  const { phone, commands } = await chained()
  await phone.push(commands[0], commands[2])

  expect(await alarms()).toEqual(['sequence_gap'])
})

// Signatures --------------------------------------------------------------------------------------

test('a signature holds for exactly one receipt and one key', async () => {
  const signing = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const pair = await crypto.subtle.generateKey(signing, false, ['sign', 'verify'])
  const key = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as ReceiptKey
  const receipt = {
    tenantId: uuid7(),
    deviceId: uuid7(),
    paymentId: uuid7(),
    number: 'R-000123',
    amountMinor: 115_000,
    currency: 'PHP',
    accountNo: 'CDO-00123',
    receivedAt: '2026-11-10T04:00:00.000Z',
  }
  const signature = toBase64Url(
    await crypto.subtle.sign(signing, pair.privateKey, receiptBytes(receipt)),
  )

  expect(await isAuthentic(receipt, signature, key)).toBe(true)
  for (const changed of Object.keys(receipt)) {
    const other = { ...receipt, [changed]: changed === 'amountMinor' ? 115_001 : 'x' }
    expect(await isAuthentic(other, signature, key), changed).toBe(false)
  }
  expect(await isAuthentic(receipt, signature, A_KEY as ReceiptKey)).toBe(false)
  expect(await isAuthentic(receipt, '***', key)).toBe(false)
})
