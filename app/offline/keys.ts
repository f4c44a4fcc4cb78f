// The phone's own keys. Neither can be read out, by nobody's script: the browser signs with them and says nothing of them.

import { toBase64Url } from '~/domain/bytes'
import {
  type ReceiptKey,
  receiptBytes,
  type SignedReceipt,
  SIGNING,
} from '~/domain/receipt-signature'
import { type PhoneDatabase, readMeta, writeMeta } from './database'

export type DeviceKeys = {
  name: 'device'
  /** Signs receipts; its public half is what the office approves. */
  signing: CryptoKeyPair
  /** Half of what opens the store; the other half is the PIN. */
  binding: CryptoKey
}

/** The keys of this phone, made at the first opening. Two windows at once end up with the same ones. */
export async function ownKeys(db: PhoneDatabase): Promise<DeviceKeys> {
  const known = await db.keys.get('device')
  if (known) return known

  // Making keys awaits something that is not the store, so it happens outside the transaction.
  const made = await makeKeys()
  return db.write(['keys', 'meta'], async (tables) => {
    const kept = await tables.keys.get('device')
    if (kept) return kept
    await tables.keys.add(made)
    if (await tables.meta.get('lock'))
      await writeMeta(tables, LOST, { isOpenedSince: false } satisfies Lost)
    return made
  })
}

/** The keys the office approved are gone, and others took their place: until a lock is made with these, no PIN opens anything. */
type Lost = { isOpenedSince: boolean }

const LOST = 'keys_lost'

export function lostKeys(db: PhoneDatabase): Promise<Lost | null> {
  return readMeta<Lost>(db, LOST)
}

export async function openedWithNewKeys(db: PhoneDatabase): Promise<void> {
  if (await lostKeys(db)) await writeMeta(db, LOST, { isOpenedSince: true } satisfies Lost)
}

export async function publicKeyOf({ signing }: DeviceKeys): Promise<ReceiptKey> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', signing.publicKey)
  return { kty: 'EC', crv: 'P-256', x, y }
}

/** Base64url of 64 bytes (r, s), over the bytes of `receiptBytes`. */
export async function signReceipt(
  { signing }: DeviceKeys,
  receipt: SignedReceipt,
): Promise<string> {
  return toBase64Url(await crypto.subtle.sign(SIGNING, signing.privateKey, receiptBytes(receipt)))
}

async function makeKeys(): Promise<DeviceKeys> {
  const [signing, binding] = await Promise.all([
    crypto.subtle.generateKey(SIGNING, false, ['sign', 'verify']),
    crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']),
  ])
  return { name: 'device', signing, binding }
}
