// The PIN opens the store together with a key that cannot leave the phone. Forgotten, the person's password opens it instead: the office
// keeps a second key, which alone opens nothing either.

import { fromHex, toHex } from '~/domain/bytes'
import { cipherKey, openBytes, type Sealed, sealBytes } from '~/domain/sealing'
import { type PhoneDatabase, readMeta, writeMeta } from './database'
import { type DeviceKeys, ownKeys } from './keys'
import { type Vault, vaultOf } from './vault'

/** What OWASP asks of PBKDF2 with SHA-256; a slow phone takes about a second. */
const ITERATIONS = 600_000
const KEY_BYTES = 32
const SALT_BYTES = 16
export const PIN_DIGITS = 6

/** The data key, locked three times. */
type Lock = {
  salt: Uint8Array<ArrayBuffer>
  iterations: number
  by_pin: Sealed
  by_recovery: Sealed
  /** For the office alone, which needs no phone to open a file that was saved on it. */
  by_office?: Sealed
  /** The recovery key under the data key, so that a server that was restored can be given it again. */
  recovery: Sealed
}

type Tries = { wrong: number; until: number }

export type Unlocked =
  { state: 'open'; vault: Vault } | { state: 'wrong' } | { state: 'wait'; seconds: number }

export async function hasPin(db: PhoneDatabase): Promise<boolean> {
  return (await readMeta<Lock>(db, 'lock')) !== null
}

/** One digit all over, or digits in a row, are what a stranger tries first. */
export function isGuessable(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at]))
  return new Set(steps).size === 1 && Math.abs(steps[0] ?? 0) <= 1
}

/** The first PIN on this phone. Where another window was quicker, its PIN stands and this one is only tried. */
export async function choosePin(db: PhoneDatabase, pin: string, at: number): Promise<Unlocked> {
  const keys = await ownKeys(db)
  const [dataKey, recovery] = [randomBytes(KEY_BYTES), randomBytes(KEY_BYTES)]
  const lock = await lockWith(keys, { dataKey, recovery, pin })
  const isMine = await db.transaction('rw', db.meta, async () => {
    if (await db.meta.get('lock')) return false
    await writeMeta(db, 'lock', lock)
    return true
  })
  return isMine ? { state: 'open', vault: await vaultOf(dataKey) } : unlock(db, pin, at)
}

export async function unlock(db: PhoneDatabase, pin: string, at: number): Promise<Unlocked> {
  const tries = await readMeta<Tries>(db, 'tries')
  const wait = waitOf(tries, at)
  if (wait > 0) return { state: 'wait', seconds: wait }

  const dataKey = await dataKeyByPin(db, pin)
  if (dataKey) {
    await db.meta.delete('tries')
    const vault = await vaultOf(dataKey)
    await lockForOffice(db, dataKey, vault)
    return { state: 'open', vault }
  }
  const wrong = (tries?.wrong ?? 0) + 1
  const until = at + pauseAfter(wrong) * 1_000
  await writeMeta(db, 'tries', { wrong, until } satisfies Tries)
  return until > at ? { state: 'wait', seconds: pauseAfter(wrong) } : { state: 'wrong' }
}

/** False when the old PIN is not the PIN. */
export async function changePin(db: PhoneDatabase, before: string, pin: string): Promise<boolean> {
  const dataKey = await dataKeyByPin(db, before)
  const recoveryKey = dataKey ? await recoveryKeyOf(db, await vaultOf(dataKey)) : undefined
  if (!dataKey || !recoveryKey) return false
  const recovery = fromHex(recoveryKey)
  await writeMeta(db, 'lock', await lockWith(await ownKeys(db), { dataKey, recovery, pin }))
  return true
}

/** With the key the office keeps, given out for the person's password. Nothing that is stored is touched. */
export async function recover(
  db: PhoneDatabase,
  recoveryKey: string,
  pin: string,
): Promise<Vault | null> {
  const lock = await readMeta<Lock>(db, 'lock')
  if (!lock) return null
  const keys = await ownKeys(db)
  const recovery = fromHex(recoveryKey)
  const dataKey = await openOrNull(await bound(keys, recovery), lock.by_recovery)
  if (!dataKey) return null
  await writeMeta(db, 'lock', await lockWith(keys, { dataKey, recovery, pin }))
  await db.meta.delete('tries')
  return vaultOf(dataKey)
}

/** What the office keeps, as hex. Only an open vault can say it. */
export async function recoveryKeyOf(db: PhoneDatabase, vault: Vault): Promise<string | undefined> {
  const lock = await readMeta<Lock>(db, 'lock')
  return lock ? vault.open<string>(lock.recovery) : undefined
}

/** The data key as only the office opens it; null on a phone that was not opened since files are saved for it. */
export async function officeKeyOf(db: PhoneDatabase): Promise<Sealed | null> {
  return (await readMeta<Lock>(db, 'lock'))?.by_office ?? null
}

/** A lock of before files were saved for the office gets its third way in. */
async function lockForOffice(db: PhoneDatabase, dataKey: Uint8Array<ArrayBuffer>, vault: Vault) {
  const lock = await readMeta<Lock>(db, 'lock')
  if (!lock || lock.by_office) return
  const recovery = fromHex(await vault.open<string>(lock.recovery))
  const by_office = await sealBytes(await cipherKey(recovery), dataKey)
  await db.transaction('rw', db.meta, async () => {
    const kept = await readMeta<Lock>(db, 'lock')
    if (kept && !kept.by_office) await writeMeta(db, 'lock', { ...kept, by_office })
  })
}

async function dataKeyByPin(db: PhoneDatabase, pin: string) {
  const lock = await readMeta<Lock>(db, 'lock')
  if (!lock) return null
  return openOrNull(await pinKey(await ownKeys(db), pin, lock), lock.by_pin)
}

async function lockWith(
  keys: DeviceKeys,
  secret: { dataKey: Uint8Array<ArrayBuffer>; recovery: Uint8Array<ArrayBuffer>; pin: string },
): Promise<Lock> {
  const { dataKey, recovery, pin } = secret
  const how = { salt: randomBytes(SALT_BYTES), iterations: ITERATIONS }
  return {
    ...how,
    by_pin: await sealBytes(await pinKey(keys, pin, how), dataKey),
    by_recovery: await sealBytes(await bound(keys, recovery), dataKey),
    by_office: await sealBytes(await cipherKey(recovery), dataKey),
    recovery: await (await vaultOf(dataKey)).seal(toHex(recovery)),
  }
}

async function pinKey(
  keys: DeviceKeys,
  pin: string,
  { salt, iterations }: Pick<Lock, 'salt' | 'iterations'>,
): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(pin)
  const base = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return bound(keys, await crypto.subtle.deriveBits(how, base, KEY_BYTES * 8))
}

/** A key that needs this phone too: copied bytes of the store are not enough for a script elsewhere. */
async function bound({ binding }: DeviceKeys, secret: BufferSource): Promise<CryptoKey> {
  return cipherKey(await crypto.subtle.sign('HMAC', binding, secret))
}

async function openOrNull(key: CryptoKey, sealed: Sealed) {
  try {
    return await openBytes(key, sealed)
  } catch {
    return null
  }
}

const FREE_TRIES = 4
const PAUSES_SECONDS = [30, 60, 300, 900]

function pauseAfter(wrong: number): number {
  const at = wrong - FREE_TRIES - 1
  return at < 0 ? 0 : (PAUSES_SECONDS[Math.min(at, PAUSES_SECONDS.length - 1)] ?? 0)
}

/** A clock that was turned back does not make the pause longer than it was. */
function waitOf(tries: Tries | null, at: number): number {
  if (!tries) return 0
  return Math.min(Math.ceil((tries.until - at) / 1_000), pauseAfter(tries.wrong))
}

function randomBytes(count: number) {
  return crypto.getRandomValues(new Uint8Array(count))
}
