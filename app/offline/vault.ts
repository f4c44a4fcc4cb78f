// What lies on the phone is unreadable without this key, and the key is there only while the app is open.

import type { Stored } from './database'

/** Seals and opens with the data key of one person's store. Locking is letting go of it. */
export type Vault = {
  seal: (value: unknown) => Promise<Sealed>
  open: <T>(sealed: Sealed) => Promise<T>
}

/** The nonce and then the ciphertext. */
export type Sealed = { sealed: Uint8Array<ArrayBuffer> }

const NONCE_BYTES = 12
const CIPHER = 'AES-GCM'

export async function vaultOf(dataKey: Uint8Array<ArrayBuffer>): Promise<Vault> {
  const key = await cipherKey(dataKey)
  return {
    seal: async (value) => sealBytes(key, new TextEncoder().encode(JSON.stringify(value))),
    open: async <T>(sealed: Sealed) =>
      JSON.parse(new TextDecoder().decode(await openBytes(key, sealed))) as T,
  }
}

export function cipherKey(bytes: BufferSource): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, CIPHER, false, ['encrypt', 'decrypt'])
}

export async function sealBytes(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const data = await crypto.subtle.encrypt({ name: CIPHER, iv: nonce }, key, bytes)
  const sealed = new Uint8Array(NONCE_BYTES + data.byteLength)
  sealed.set(nonce)
  sealed.set(new Uint8Array(data), NONCE_BYTES)
  return { sealed }
}

/** Throws when the key is another one, or a byte was changed. */
export async function openBytes(
  key: CryptoKey,
  { sealed }: Sealed,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = sealed.subarray(0, NONCE_BYTES)
  const data = sealed.subarray(NONCE_BYTES)
  return new Uint8Array(await crypto.subtle.decrypt({ name: CIPHER, iv }, key, data))
}

/** Rows of versions before the vault lie open until they are moved in. */
export function isSealed(held: unknown): held is Sealed {
  return typeof held === 'object' && held !== null && 'sealed' in held
}

export function openStored<T>(vault: Vault, held: Stored<T>): Promise<T> {
  return isSealed(held) ? vault.open<T>(held) : Promise.resolve(held)
}

/** Inside a live query Dexie follows every promise, and loses its way behind one that is not its own: so this is waited for elsewhere. */
export function elsewhere<T>(work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => work().then(resolve, reject), 0)
  })
}
