// Phones for tests: the real store on fake-indexeddb, and a server that does what the real one promises.

import 'fake-indexeddb/auto'
import { onTestFinished } from 'vitest'
import {
  type BlockRow,
  type Command,
  databaseName,
  type InvoiceRow,
  type MirrorRows,
  type PhoneDatabase,
  phoneDatabase,
  type PhoneStore,
  type SubscriberRow,
} from './database'
import { prepareMirror } from './mirror'
import { type Call, makePhone, newId, type Phone, type Profile, type Reply } from './phone'
import { wordsOf } from './tokens'
import { vaultOf } from './vault'

export const MORNING = Date.parse('2026-11-10T00:00:00Z')

export function aProfile(changed: Partial<Profile> = {}): Profile {
  return {
    user_id: newId(MORNING),
    tenant_id: newId(MORNING),
    member_id: newId(MORNING),
    full_name: 'Carlo Collector',
    email: null,
    trade_name: 'North Fiber',
    currency: 'PHP',
    time_zone: 'Asia/Manila',
    brand_color: null,
    locale: 'en',
    ...changed,
  }
}

export const aBlock = (size = 100): BlockRow => ({
  id: newId(MORNING),
  prefix: 'R-',
  first_serial: 1,
  last_serial: size,
  next_serial: 1,
})

export const aSubscriber = (changed: Partial<SubscriberRow> = {}): SubscriberRow => {
  const row = {
    id: newId(MORNING),
    account_no: 'CDO-1',
    name: 'Ana Reyes',
    address: 'Purok 3, Bulua',
    barangay_id: null,
    barangay: 'Bulua',
    landmark: null,
    phone: null,
    latitude: null,
    longitude: null,
    route_id: 'route',
    position: 1,
    ...changed,
  }
  return { ...row, words: wordsOf(row) }
}

export const anInvoice = (
  subscriber: SubscriberRow,
  changed: Partial<InvoiceRow> = {},
): InvoiceRow => ({
  id: newId(MORNING),
  subscriber_id: subscriber.id,
  number: 'INV-000001',
  state: 'open',
  period: '2026-11-01',
  issued_on: '2026-11-01',
  due_on: '2026-11-11',
  total_minor: 100_000,
  balance_minor: 100_000,
  ...changed,
})

export type Clock = { at: number }

/** A phone as it is after its first sync, at the door of these subscribers. */
export async function phoneWith(
  mirror: Partial<MirrorRows>,
  parts: { call?: Call; clock?: Clock; block?: BlockRow | null; profile?: Profile } = {},
): Promise<Phone> {
  const phone = openPhone(parts)
  const { db } = phone
  await inMirror(phone, mirror)
  if (parts.block !== null) await db.blocks.put(parts.block ?? aBlock())
  return phone
}

/** As if a pull had brought these. */
export async function inMirror(phone: Phone, rows: Partial<MirrorRows>) {
  const { db } = phone
  const mirror = await prepareMirror(phone, { full: false, arrived: [rows], keeps: () => true })
  await db.write(['chest', 'meta'], (tables) => mirror.write(tables))
}

/** Every row of every store that is there. */
export async function everything(db: PhoneDatabase) {
  const names = (await db.names()) as Array<PhoneStore>
  return db.read(names, (tables) =>
    Promise.all(names.map((name): Promise<Array<object>> => tables[name].list())),
  )
}

/** The same in every window of these tests, as the same PIN makes it. */
const vault = await vaultOf(new Uint8Array(32))

/** One window on a phone's database; a second call with the same profile is a second window. */
export function openPhone(parts: { call?: Call; clock?: Clock; profile?: Profile } = {}): Phone {
  const profile = parts.profile ?? aProfile()
  const clock = parts.clock ?? { at: MORNING }
  const db = phoneDatabase(databaseName(profile.tenant_id, profile.user_id))
  onTestFinished(() => db.close())
  return makePhone({
    db,
    profile,
    deviceId: 'device',
    vault,
    call: parts.call ?? (async () => ({ kind: 'unreachable' })),
    readClock: () => clock.at,
    offset: 0,
  })
}

export type Server = {
  call: Call
  /** What the server has, once each, in the order it came. */
  commands: Array<Command>
  /** How often each address was asked. */
  asked: Array<string>
  /** What happens to the next calls, before the server behaves again. */
  faults: Array<Fault>
  parks: (reason: string, ...ids: Array<string>) => void
  rows: Partial<MirrorRows>
}

/** `before`: the call never arrives. `after`: the server did it, the answer is lost. */
export type Fault = 'before' | 'after' | Exclude<Reply, { kind: 'ok' }>

export function aServer(rows: Partial<MirrorRows> = {}): Server {
  const parked = new Map<string, string>()
  const server: Server = {
    commands: [],
    asked: [],
    faults: [],
    rows,
    parks: (reason, ...ids) => ids.forEach((id) => parked.set(id, reason)),
    call: async (path, body) => {
      server.asked.push(path)
      const fault = server.faults.shift()
      if (fault === 'before') return { kind: 'unreachable' }
      if (typeof fault === 'object') return fault
      const answer = respond(path, body)
      return fault === 'after' ? { kind: 'unreachable' } : { kind: 'ok', body: answer }
    },
  }

  const respond = (path: string, body: unknown): unknown => {
    switch (path) {
      case '/api/sync/push':
        return { results: (body as { commands: Array<Command> }).commands.map(take) }
      case '/api/sync/pull':
        return {
          cursor: { until: String(server.commands.length) },
          full: true,
          first: true,
          more: false,
          rows: server.rows,
          server_at: new Date(MORNING).toISOString(),
        }
      case '/api/receipts':
        return { blocks: [aBlock()] }
      default:
        return {}
    }
  }

  const take = (command: Command) => {
    const known = server.commands.find(({ id }) => id === command.id)
    if (!known) server.commands.push(command)
    const reason = parked.get(command.id) ?? null
    const state = reason ? 'parked' : known ? 'duplicate' : 'applied'
    return { id: command.id, state, reason, result: {} }
  }
  return server
}
