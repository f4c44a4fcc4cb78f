// A phone that was away for months opens with today's app. Each version its store ever had is built as it was, with a full queue in it:
// what the person did comes over word for word and goes out as it was written.

import { expect, test, vi } from 'vitest'
import { collect } from './collect'
import { databaseName, type MirrorRows, type OutboxEntry, type StoredEntry } from './database'
import { ownKeys } from './keys'
import { moveIn } from './move-in'
import { asCommand } from './outbox'
import type { Phone } from './phone'
import {
  aBlock,
  aProfile,
  aServer,
  aSubscriber,
  everything,
  inMirror,
  MORNING,
  openPhone,
} from './story'
import { syncOnce } from './sync'
import { answerOf } from './table'
import { receipt, unsentEntries } from './own-payments'
import { listStops } from './view'

vi.setConfig({ testTimeout: 60_000 })

/**
 * The stores each version added, as they were released: the key (`++` is counted), then the indexes (`&` unique, `*` of many). A new
 * version of the store adds its line here.
 */
const VERSIONS: Array<Record<string, string>> = [
  {
    settings: 'id',
    barangays: 'id',
    plans: 'id',
    routes: 'id',
    stops: 'id, subscriber_id',
    subscribers: 'id, position, *tokens',
    subscriptions: 'id, subscriber_id',
    invoices: 'id, subscriber_id',
    credits: 'id',
    cash: 'id',
    payments: 'id, subscriber_id, received_at',
    arrivals: '++seq',
    outbox: 'id, &device_seq, state, happened_at',
    blocks: 'id, first_serial',
    receipts: 'payment_id, received_at',
    meta: 'key',
  },
  { remittances: 'id' },
  { keys: 'name' },
  { chest: 'key' },
]
/** Entries are chained by this one, and sealed by that one. */
const [CHAINED, SEALED] = [3, 4]
const MIRRORED = 5
const ANSWERED = 10
const ENTRIES = 65

const ana = aSubscriber()

const paid = { subscriber_id: ana.id, note: 'Ana Reyes' }

function entryOf(version: number, seq: number): OutboxEntry {
  return {
    id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    device_id: 'device',
    device_seq: seq,
    ...(version > 1 && seq % 40 === 0
      ? { name: 'submit_remittance', input: { declared_minor: 5_000, denominations: {} } }
      : { name: 'record_payment', input: { ...paid, amount_minor: 1_000 + seq, serial: seq } }),
    happened_at: new Date(MORNING - (ENTRIES - seq) * 60_000).toISOString(),
    schema_version: version < CHAINED ? 1 : 2,
    prev_hash: seq > 1 ? `hash ${seq - 1}` : '',
    hash: `hash ${seq}`,
    state: seq <= MIRRORED ? 'mirrored' : seq <= ANSWERED ? 'answered' : 'waiting',
    answer: seq <= ANSWERED ? { state: 'applied', reason: null } : null,
    answered_at: seq <= ANSWERED ? new Date(MORNING).toISOString() : null,
  }
}

/** As that version left it when its window was closed for the last time. */
async function oldStore(version: number, name: string, vault: Phone['vault']) {
  const old = await oldDatabase(name, version)
  const put = (store: string, ...rows: Array<object>) => {
    const transaction = old.transaction(store, 'readwrite')
    return Promise.all(rows.map((row) => answerOf(transaction.objectStore(store).put(row))))
  }
  const entries = Array.from({ length: ENTRIES }, (_, at) => entryOf(version, at + 1))
  const stored = await Promise.all(
    entries.map(async (entry): Promise<StoredEntry> => {
      return version < SEALED ? entry : { ...entry, input: await vault.seal(entry.input) }
    }),
  )
  await put('outbox', ...stored)
  await put('blocks', { ...aBlock(200), next_serial: ENTRIES + 1 })
  const paper = { number: 'R-000011', subscriber_name: 'Ana Reyes', amount_minor: 1_011 }
  await put('receipts', {
    payment_id: entries[10]?.id,
    received_at: entries[10]?.happened_at,
    ...(version < SEALED ? paper : await vault.seal(paper)),
  })
  await put('meta', { key: 'device_id', value: 'device' }, { key: 'cursor', value: { until: '7' } })
  if (version < SEALED) {
    await put('subscribers', ana)
    await put('arrivals', { rows: { subscribers: [ana] } satisfies Partial<MirrorRows> })
  }
  old.close()
  return entries
}

function oldDatabase(name: string, version: number): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, nativeOf(version))
  opening.onupgradeneeded = () => {
    for (const [store, line] of VERSIONS.slice(0, version).flatMap((one) => Object.entries(one))) {
      const [key = '', ...indexes] = line.split(', ')
      const made = opening.result.createObjectStore(store, {
        keyPath: key.replace('++', ''),
        autoIncrement: key.startsWith('++'),
      })
      for (const index of indexes) {
        const field = index.replace(/[&*]/, '')
        made.createIndex(field, field, {
          unique: index.startsWith('&'),
          multiEntry: index.startsWith('*'),
        })
      }
    }
  }
  return answerOf(opening)
}

/** What the browser called it: the library of the first four multiplied by ten. */
function nativeOf(version: number) {
  return version <= 4 ? version * 10 : version + 36
}

test.each(VERSIONS.map((_, at) => at + 1))(
  'a full queue of store version %i opens today and goes out as it was written',
  async (version) => {
    const profile = aProfile()
    const { vault } = openPhone()
    const name = databaseName(profile.tenant_id, profile.user_id)
    const entries = await oldStore(version, name, vault)

    const server = aServer()
    const phone = openPhone({ profile, call: server.call })
    if (version >= SEALED) await inMirror(phone, { subscribers: [ana] })
    // As often as it dies in the middle.
    await moveIn(phone)
    await moveIn(phone)
    expect(await phone.db.version()).toBe(nativeOf(VERSIONS.length))
    expect(JSON.stringify(await everything(phone.db))).not.toContain('Ana Reyes')
    expect(await listStops(phone)).toMatchObject([{ name: 'Ana Reyes' }])
    expect(await receipt(phone, String(entries[10]?.id))).toMatchObject({ number: 'R-000011' })
    expect(await unsentEntries(phone)).toEqual(entries.slice(ANSWERED))

    const paper = await collect(phone, {
      id: phone.newId(),
      subscriberId: ana.id,
      subscriptionId: null,
      amountMinor: 1_000,
    })
    expect(paper.number).toBe(`R-${String(ENTRIES + 1).padStart(6, '0')}`)
    expect(await syncOnce(phone)).toBeNull()
    const [last, ...first] = [...server.commands].reverse()
    expect(first.reverse()).toEqual(entries.slice(ANSWERED).map(asCommand))
    expect(last).toMatchObject({
      device_seq: ENTRIES + 1,
      prev_hash: `hash ${ENTRIES}`,
      schema_version: 2,
    })
    expect(await unsentEntries(phone)).toEqual([])
    // The keys of the phone are made once, whatever version made them.
    expect((await ownKeys(phone.db)).name).toBe('device')
  },
)
