// The PIN opens the store together with a key that cannot leave the phone. Forgotten, the person's password opens it instead: the office
// keeps a second key, which alone opens nothing either.

import { fromHex, toHex } from '~/domain/bytes'
import { cipherKey, openBytes, type Sealed, sealBytes } from '~/domain/sealing'
import { type PhoneDatabase, type Read, readMeta, type Write, writeMeta } from './database'
import { type DeviceKeys, lostKeys, openedWithNewKeys, ownKeys } from './keys'
import { isSealed, type Vault, vaultOf } from './vault'

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

/**
 * `damaged`: there is something behind a lock that no PIN opens any more, because the lock or the phone's own keys are gone or cut off. A
 * new PIN would close it for good; the password may still open it.
 */
export async function lockState(db: PhoneDatabase): Promise<'none' | 'fine' | 'damaged'> {
  const [records, locks] = [await lockRecords(db), await usableLocks(db)]
  const hasKeys = (await lostKeys(db))?.isOpenedSince ?? (await db.keys.get('device')) !== undefined
  if (locks.length > 0 && hasKeys) return 'fine'
  return records.length > 0 || (await holdsSealed(db)) ? 'damaged' : 'none'
}

/** Also a phone of before the vault has a queue; it lies open, and waits for its first PIN. */
async function holdsSealed({ chest, outbox, receipts }: PhoneDatabase): Promise<boolean> {
  const held = await Promise.all([
    chest.count().then((count) => count > 0),
    outbox.list().then((entries) => entries.some(({ input }) => isSealed(input))),
    receipts.list().then((rows) => rows.some(isSealed)),
  ])
  return held.includes(true)
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
  const isMine = await db.write(['meta'], async (tables) => {
    if (await tables.meta.get(LOCK)) return false
    await keepLock(tables, lock)
    return true
  })
  return isMine ? { state: 'open', vault: await vaultOf(dataKey) } : unlock(db, pin, at)
}

export async function unlock(db: PhoneDatabase, pin: string, at: number): Promise<Unlocked> {
  const tries = await readMeta<Tries>(db, 'tries')
  const wait = waitOf(tries, at)
  if (wait > 0) return { state: 'wait', seconds: wait }

  const opened = await openByPin(db, pin)
  if (opened) {
    await db.meta.delete('tries')
    const vault = await vaultOf(opened.dataKey)
    await mendLock(db, opened, vault)
    return { state: 'open', vault }
  }
  const wrong = (tries?.wrong ?? 0) + 1
  const until = at + pauseAfter(wrong) * 1_000
  await writeMeta(db, 'tries', { wrong, until } satisfies Tries)
  return until > at ? { state: 'wait', seconds: pauseAfter(wrong) } : { state: 'wrong' }
}

/** False when the old PIN is not the PIN. */
export async function changePin(db: PhoneDatabase, before: string, pin: string): Promise<boolean> {
  const dataKey = (await openByPin(db, before))?.dataKey
  const recoveryKey = dataKey ? await recoveryKeyOf(db, await vaultOf(dataKey)) : undefined
  if (!dataKey || !recoveryKey) return false
  const recovery = fromHex(recoveryKey)
  await keepLock(db, await lockWith(await ownKeys(db), { dataKey, recovery, pin }))
  return true
}

/** With the key the office keeps, given out for the person's password. Nothing that is stored is touched. */
export async function recover(
  db: PhoneDatabase,
  recoveryKey: string,
  pin: string,
): Promise<Vault | null> {
  const records = await lockRecords(db)
  if (records.length === 0) return null
  const keys = await ownKeys(db)
  const recovery = fromHex(recoveryKey)
  const [here, office] = [await bound(keys, recovery), await cipherKey(recovery)]
  for (const { by_recovery, by_office } of records) {
    const dataKey = (await openOrNull(here, by_recovery)) ?? (await openOrNull(office, by_office))
    if (!dataKey) continue
    await keepLock(db, await lockWith(keys, { dataKey, recovery, pin }))
    await openedWithNewKeys(db)
    await db.meta.delete('tries')
    return vaultOf(dataKey)
  }
  return null
}

/** What the office keeps, as hex. Only an open vault can say it. */
export async function recoveryKeyOf(db: PhoneDatabase, vault: Vault): Promise<string | undefined> {
  for (const { recovery } of await usableLocks(db)) {
    const key = await vault.open<string>(recovery).catch(() => undefined)
    if (key) return key
  }
  return undefined
}

/** The data key as only the office opens it; null on a phone that was not opened since files are saved for it. */
export async function officeKeyOf(db: PhoneDatabase): Promise<Sealed | null> {
  const keys = (await lockRecords(db)).map(({ by_office }) => by_office)
  return keys.find((key): key is Sealed => isKey(key)) ?? null
}

type Opened = { dataKey: Uint8Array<ArrayBuffer>; lock: Lock }

/** What opened writes what did not anew; a lock of before files were saved for the office gets its third way in. */
async function mendLock(db: PhoneDatabase, { dataKey, lock }: Opened, vault: Vault) {
  const records = await lockRecords(db)
  const isSame = records.length === 2 && records.every((one) => areSame(one, lock))
  if (isSame && lock.by_office) return
  const recovery = await vault.open<string>(lock.recovery).catch(() => null)
  const by_office =
    lock.by_office ??
    (recovery ? await sealBytes(await cipherKey(fromHex(recovery)), dataKey) : undefined)
  await db.write(['meta'], async (tables) => {
    // Only where nobody wrote another one meanwhile.
    const now = await lockRecords(tables)
    if (!now.every((one, at) => areSame(one, records[at] ?? {}))) return
    await keepLock(tables, { ...lock, ...(by_office ? { by_office } : {}) })
  })
}

async function openByPin(db: PhoneDatabase, pin: string): Promise<Opened | null> {
  const keys = await ownKeys(db)
  for (const lock of await usableLocks(db)) {
    const dataKey = await openOrNull(await pinKey(keys, pin, lock), lock.by_pin)
    if (dataKey) return { dataKey, lock }
  }
  return null
}

const LOCK = 'lock'
/** The same again: one damaged record must not close the store for good. */
const SPARE = 'lock_spare'
const SEALED_KEY_BYTES = 60

/** As they lie there, whatever state they are in. */
async function lockRecords({ meta }: Read<'meta'>): Promise<Array<Partial<Lock>>> {
  const rows = await meta.getEach([LOCK, SPARE])
  return rows.flatMap((row) =>
    row && typeof row.value === 'object' && row.value !== null ? [row.value as Partial<Lock>] : [],
  )
}

/** Usually one: a PIN is slow to try, and the second is tried only where it is another. */
async function usableLocks(db: PhoneDatabase): Promise<Array<Lock>> {
  const locks = (await lockRecords(db)).filter(isLock)
  return locks.filter((lock, at) => locks.findIndex((other) => areSame(other, lock)) === at)
}

function isLock(record: Partial<Lock>): record is Lock {
  const { salt, iterations, by_pin, by_recovery, recovery } = record
  return (
    salt?.byteLength === SALT_BYTES &&
    Number.isSafeInteger(iterations) &&
    isKey(by_pin) &&
    isKey(by_recovery) &&
    isSealed(recovery)
  )
}

function isKey(held: Sealed | undefined): boolean {
  return isSealed(held) && held.sealed.byteLength === SEALED_KEY_BYTES
}

function areSame(one: Partial<Lock>, other: Partial<Lock>): boolean {
  const textOf = (lock: Partial<Lock>) =>
    JSON.stringify(lock, (_, value: unknown) =>
      value instanceof Uint8Array ? toHex(value) : value,
    )
  return textOf(one) === textOf(other)
}

/** Both records at once. */
function keepLock({ meta }: Write<'meta'>, lock: Lock) {
  return meta.put(...[LOCK, SPARE].map((key) => ({ key, value: lock })))
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

async function openOrNull(key: CryptoKey, sealed: Sealed | undefined) {
  if (!isSealed(sealed)) return null
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
