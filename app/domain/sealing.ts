// AES-GCM over bytes: what the phone stores, and what the office opens of it.

/** The nonce and then the ciphertext. */
export type Sealed = { sealed: Uint8Array<ArrayBuffer> }

const NONCE_BYTES = 12
const CIPHER = 'AES-GCM'

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
