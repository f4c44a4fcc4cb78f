// Opens the phone's own room: who is known here, with or without a signal. Every screen awaits the same promise.

import Dexie, { type EntityTable } from 'dexie'
import { isLanguage } from '~/i18n/languages'
import { callAs } from './call'
import { type Door, doorOf, type Inside } from './door'
import { databaseName, PhoneDatabase, readMeta, writeMeta } from './database'
import { makePhone, newId, type Call, type Phone, type Profile } from './phone'
import { moveIn } from './move-in'
import { type Queue, queueOf } from './rescue'
import { startSync, type Sync } from './sync'
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
  await withPeople((people) => people.people.toCollection().modify({ isHere: false }))
}

export type LeftQueue = Queue & { profile: Profile }

/** What people who worked on this phone have not sent, also those who are signed out or cannot come in any more. */
export async function queuesHere(readClock = browser.readClock): Promise<Array<LeftQueue>> {
  const people = await withPeople(({ people: known }) => known.toArray())
  const queues = await Promise.all(
    people.map(async ({ profile }) => {
      const name = databaseName(profile.tenant_id, profile.user_id)
      if (!(await Dexie.exists(name))) return null
      const db = new PhoneDatabase(name)
      const whose = {
        tenantId: profile.tenant_id,
        deviceId: (await readMeta<string>(db, 'device_id')) ?? '',
        readClock,
      }
      const queue = await queueOf(db, whose).finally(() => db.close({ disableAutoOpen: false }))
      return queue && { ...queue, profile }
    }),
  )
  return queues.flatMap((queue) => queue ?? [])
}

export async function open(world: World): Promise<Opened> {
  const known = await withPeople(async ({ people }) =>
    people.filter((person) => person.isHere).first(),
  )
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

/** Before the door: the store is there, and closed. */
async function stand(world: World, known: Profile): Promise<Door> {
  const profile = { ...known }
  const db = new PhoneDatabase(databaseName(profile.tenant_id, profile.user_id))
  // A newer window wants to upgrade: this one must let go, and open again at its next step.
  db.on('versionchange', () => db.close({ disableAutoOpen: false }))

  const deviceId = await ownDevice(db, world)
  const parts = { db, profile, deviceId, readClock: world.readClock }
  const enter = async (vault: Vault): Promise<Inside> => {
    const offset = (await readMeta<number>(db, 'clock_offset')) ?? 0
    const phone = makePhone({ ...parts, call: world.callAs(profile), vault, offset })
    await moveIn(phone)
    const inside: Inside = { state: 'ready', phone, sync: startSync(phone) }
    if (opening) opening = Promise.resolve(inside)
    return inside
  }
  return doorOf({ ...parts, call: world.callAs(null), enter })
}

/** The queue belongs to this phone and this person. A phone whose storage was wiped is a new phone. */
async function ownDevice(db: PhoneDatabase, world: World): Promise<string> {
  const known = await readMeta<string>(db, 'device_id')
  if (known) return known
  return db.transaction('rw', db.meta, async () => {
    const known = await readMeta<string>(db, 'device_id')
    if (known) return known
    const made = newId(world.readClock())
    await writeMeta(db, 'device_id', made)
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

class PeopleDatabase extends Dexie {
  declare people: EntityTable<Person, 'key'>

  constructor() {
    super('linyada-people')
    this.version(1).stores({ people: 'key' })
  }
}

async function withPeople<T>(work: (db: PeopleDatabase) => PromiseLike<T>): Promise<T> {
  const db = new PeopleDatabase()
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

async function remember(profile: Profile) {
  const key = `${profile.tenant_id}.${profile.user_id}`
  await withPeople((db) =>
    db.transaction('rw', db.people, async () => {
      await db.people.toCollection().modify({ isHere: false })
      await db.people.put({ key, profile, isHere: true })
    }),
  )
}
