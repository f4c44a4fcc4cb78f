// Opens the phone's own room: who is known here, with or without a signal. Every screen awaits the same promise.

import { isLanguage } from '~/i18n/languages'
import { callAs } from './call'
import { type Door, doorOf, type Inside, type Knock } from './door'
import { expectPin } from './expected-pin'
import { databaseName, type PhoneDatabase, phoneDatabase, readMeta, writeMeta } from './database'
import { makePhone, newId, type Call, type Phone, type Profile } from './phone'
import { moveIn } from './move-in'
import { type Queue, queueOf } from './rescue'
import { type Store, storeOf } from './store'
import type { Sync } from './sync'
import type { Vault } from './vault'

export type Opened =
  | Inside
  | Door
  | { state: 'stranger'; reason: 'signed_out' | 'not_a_collector' | 'offline' | 'revoked' }

/** The world outside, passed in by tests. */
export type World = {
  callAs: (person: { tenant_id: string; user_id: string } | null) => Call
  readClock: () => number
}

const browser: World = { callAs, readClock: () => Date.now() }

let opening: Promise<Opened> | null = null

/** The one opened phone of this window. A stranger may try again. */
export function ready(): Promise<Opened> {
  opening ??= open(browser).then(
    (opened) => {
      if (opened.state === 'stranger') opening = null
      return opened
    },
    (error: unknown) => {
      opening = null
      throw error
    },
  )
  return opening
}

/** Lets go of everything that was opened. What is stored stays stored, and the door asks for the PIN again. */
export function lock({ phone, sync }: { phone: Phone; sync: Sync }): void {
  sync.stop()
  phone.db.close()
  opening = null
}

/** Forgets who is on this phone. What they did stays stored, for when the same person signs in again. */
export async function leave(opened: { phone: Phone; sync: Sync }): Promise<void> {
  lock(opened)
  expectPin(false)
  await withPeople((db) => db.write(['people'], ({ people }) => nobodyIsHere(people)))
}

export type LeftQueue = Queue & { profile: Profile }

/** What people who worked on this phone have not sent, also those who are signed out or cannot come in any more. */
export async function queuesHere(readClock = browser.readClock): Promise<Array<LeftQueue>> {
  const people = await withPeople((db) => db.people.list())
  const queues = await Promise.all(
    people.map(async ({ profile }) => {
      const name = databaseName(profile.tenant_id, profile.user_id)
      const db = phoneDatabase(name)
      const whose = {
        tenantId: profile.tenant_id,
        deviceId: (await readMeta<string>(db, 'device_id')) ?? '',
        readClock,
      }
      const queue = await queueOf(db, whose)
      return queue && { ...queue, profile }
    }),
  )
  return queues.flatMap((queue) => queue ?? [])
}

export async function open(world: World): Promise<Opened> {
  const people = await withPeople((db) => db.people.list())
  const known = people.find(({ isHere }) => isHere)
  if (known) {
    const door = await stand(world, known.profile)
    void recognise(world, door)
    return door
  }

  const answer = await whoIsThere(world.callAs(null))
  if (typeof answer === 'string') return { state: 'stranger', reason: answer }
  await remember(answer)
  return stand(world, answer)
}

/** Asks in the background whether the session is still this person's, and keeps their name and language fresh. */
async function recognise(world: World, { profile }: Door) {
  const answer = await whoIsThere(world.callAs(null))
  if (typeof answer === 'string') return
  await remember(answer)
  if (answer.user_id === profile.user_id && answer.tenant_id === profile.tenant_id) {
    Object.assign(profile, answer)
  }
}

/** Nobody waits for it before the PIN: it comes while the key is made of that. */
const syncing = () => import('./sync')

/** Before the door: the store is there, and closed. */
async function stand(world: World, known: Profile): Promise<Door> {
  const profile = { ...known }
  const db = phoneDatabase(databaseName(profile.tenant_id, profile.user_id))
  const deviceId = await ownDevice(db, world)
  const parts = { db, profile, deviceId, readClock: world.readClock }
  const enter = async (vault: Vault): Promise<Knock> => {
    // On a first visit the worker has not stored it yet, and the signal may be gone by now.
    const room = await syncing().catch(() => null)
    if (!room) return { state: 'refused', reason: 'offline' }
    const offset = (await readMeta<number>(db, 'clock_offset')) ?? 0
    const phone = makePhone({ ...parts, call: world.callAs(profile), vault, offset })
    await moveIn(phone)
    const inside: Inside = { state: 'ready', phone, sync: room.startSync(phone) }
    if (opening) opening = Promise.resolve(inside)
    return inside
  }
  return doorOf({
    ...parts,
    call: world.callAs(null),
    enter,
    prepare: () => void syncing().catch(() => {}),
  })
}

/** The queue belongs to this phone and this person. A phone whose storage was wiped is a new phone. */
async function ownDevice(db: PhoneDatabase, world: World): Promise<string> {
  const known = await readMeta<string>(db, 'device_id')
  if (known) return known
  return db.write(['meta'], async (tables) => {
    const known = await readMeta<string>(tables, 'device_id')
    if (known) return known
    const made = newId(world.readClock())
    await writeMeta(tables, 'device_id', made)
    return made
  })
}

const revocations = ['membership_ended', 'not_a_member']

async function whoIsThere(call: Call) {
  const reply = await call('/api/me')
  switch (reply.kind) {
    case 'ok':
      return readProfile(reply.body) ?? 'not_a_collector'
    case 'signed_out':
      return 'signed_out'
    case 'unreachable':
    case 'other_person':
      return 'offline'
    case 'refused':
      return revocations.includes(reply.reason) ? 'revoked' : 'not_a_collector'
  }
}

function readProfile(body: unknown): Profile | null {
  const said = (body ?? {}) as Partial<Profile>
  const { user_id, tenant_id, member_id, full_name, trade_name, currency, time_zone } = said
  if (!user_id || !tenant_id || !member_id || !trade_name || !currency || !time_zone) return null
  return {
    user_id,
    tenant_id,
    member_id,
    full_name: full_name ?? '',
    email: said.email ?? null,
    trade_name,
    currency,
    time_zone,
    brand_color: said.brand_color ?? null,
    locale: said.locale && isLanguage(said.locale) ? said.locale : 'en',
  }
}

// Who has worked on this phone. Names only; what they did is in a database of each.

type Person = { key: string; profile: Profile; isHere: boolean }

type People = { people: Person }

async function withPeople<T>(work: (db: Store<People>) => Promise<T>): Promise<T> {
  const db = storeOf<People>('linyada-people', { version: 10, shape: { people: { key: 'key' } } })
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

async function nobodyIsHere(people: Store<People>['people']) {
  const known = await people.list()
  await people.put(...known.map((person) => ({ ...person, isHere: false })))
}

async function remember(profile: Profile) {
  const key = `${profile.tenant_id}.${profile.user_id}`
  await withPeople((db) =>
    db.write(['people'], async ({ people }) => {
      await nobodyIsHere(people)
      await people.put({ key, profile, isHere: true })
    }),
  )
}
