// The door of one person's store: who knocks with the PIN comes in, who forgot it comes in with the password.

import { type PhoneDatabase, STORE_VERSION } from './database'
import type { Call, Phone, Profile } from './phone'
import { choosePin, lockState, recover, unlock } from './pin'
import { type Queue, queueOf } from './rescue'
import type { Sync } from './sync'
import type { Vault } from './vault'

export type Inside = { state: 'ready'; phone: Phone; sync: Sync }

export type Knock =
  | Inside
  | { state: 'wrong' }
  | { state: 'wait'; seconds: number }
  | { state: 'refused'; reason: 'offline' | 'password' | 'too_many' | 'unknown' }

export type Door = {
  state: 'locked'
  profile: Profile
  /** False on a phone that has no PIN yet: the first one typed becomes it. */
  hasPin: boolean
  /** `lock`: no PIN opens it any more, the password may. `newer`: a newer version of the app wrote it, so this one keeps its hands off. */
  trouble: 'lock' | 'newer' | null
  /** Deeds only this phone knows of; counted without opening. */
  unsent: number
  /** Whoever cannot come in any more hands over what is not sent; it stays sealed. */
  queue: Queue | null
  /** Fetches what is needed inside; worth it once somebody types. */
  prepare: () => void
  choose: (pin: string) => Promise<Knock>
  unlock: (pin: string) => Promise<Knock>
  /** What nobody can open is thrown away and the phone begins anew: only where nothing waits in it, else null. */
  beginAnew: (() => Promise<void>) | null
  /** Forgotten: the password fetches the second key, and this PIN takes the place of the old one. */
  recover: (password: string, pin: string) => Promise<Knock>
}

type Parts = {
  db: PhoneDatabase
  profile: Profile
  deviceId: string
  call: Call
  readClock: () => number
  enter: (vault: Vault) => Promise<Knock>
  prepare: () => void
}

export async function doorOf({
  db,
  profile,
  deviceId,
  call,
  readClock,
  enter,
  prepare,
}: Parts): Promise<Door> {
  const lock = await lockState(db)
  const isNewer = (await db.version()) > STORE_VERSION
  const unsent = await db.outbox.count('state', 'waiting')
  return {
    state: 'locked',
    profile,
    hasPin: lock !== 'none',
    trouble: isNewer ? 'newer' : lock === 'damaged' ? 'lock' : null,
    unsent,
    queue: await queueOf(db, { tenantId: profile.tenant_id, deviceId, readClock }),
    prepare,
    choose: async (pin) => {
      prepare()
      const chosen = await choosePin(db, pin, readClock())
      return chosen.state === 'open' ? enter(chosen.vault) : chosen
    },
    unlock: async (pin) => {
      prepare()
      const tried = await unlock(db, pin, readClock())
      return tried.state === 'open' ? enter(tried.vault) : tried
    },
    beginAnew: lock === 'damaged' && unsent === 0 && !isNewer ? () => db.delete() : null,
    recover: async (password, pin) => {
      const reply = await call('/api/device/recovery', {
        device_id: deviceId,
        name: profile.email ?? '',
        password,
      })
      if (reply.kind === 'unreachable') return { state: 'refused', reason: 'offline' }
      if (reply.kind !== 'ok') {
        const reason = reply.kind === 'refused' ? reply.reason : ''
        const known = (['password', 'too_many'] as const).find((one) => one === reason)
        return { state: 'refused', reason: known ?? 'unknown' }
      }
      const { recovery_key: key } = reply.body as { recovery_key?: string }
      const vault = typeof key === 'string' ? await recover(db, key, pin) : null
      return vault ? enter(vault) : { state: 'refused', reason: 'unknown' }
    },
  }
}
