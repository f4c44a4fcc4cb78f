// One person at one ISP on this phone, with everything the outside world does for it passed in.

import type { Language } from '~/i18n/languages'
import { uuid7, UUID7_RANDOM_BYTES } from '~/domain/uuid7'
import type { PhoneDatabase } from './database'
import { type Memory, noMemory } from './memory'
import type { Vault } from './vault'

export type Profile = {
  user_id: string
  tenant_id: string
  member_id: string
  full_name: string
  email: string | null
  trade_name: string
  currency: string
  time_zone: string
  brand_color: string | null
  locale: Language
}

/**
 * What the server said. `unreachable` covers no signal, time-outs and every 5xx: the fault is not in
 * what was sent, so it is sent again later.
 */
export type Reply =
  | { kind: 'ok'; body: unknown }
  | { kind: 'refused'; reason: string }
  | { kind: 'signed_out' }
  | { kind: 'other_person' }
  | { kind: 'unreachable' }

/** Asks an address of this origin, as JSON. Never throws. */
export type Call = (path: string, body?: unknown) => Promise<Reply>

export type Phone = {
  db: PhoneDatabase
  profile: Profile
  deviceId: string
  /** The server's time as far as this phone knows it. */
  now: () => Date
  newId: () => string
  call: Call
  /** This phone's own clock, in Unix milliseconds. */
  readClock: () => number
  /** How far the server's clock is ahead of this phone's, in milliseconds; set by each pull. */
  clock: { offset: number }
  /** Open as long as this phone is: locking lets go of the phone. */
  vault: Vault
  memory: Memory
}

export function makePhone(
  parts: Pick<Phone, 'db' | 'profile' | 'deviceId' | 'call' | 'readClock' | 'vault'> & {
    offset: number
  },
): Phone {
  const { offset, ...rest } = parts
  const clock = { offset }
  const now = () => new Date(rest.readClock() + clock.offset)
  return {
    ...rest,
    memory: noMemory(),
    clock,
    now,
    newId: () => newId(now().getTime()),
  }
}

export function newId(unixMilliseconds: number) {
  return uuid7(unixMilliseconds, crypto.getRandomValues(new Uint8Array(UUID7_RANDOM_BYTES)))
}
