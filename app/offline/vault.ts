// What lies on the phone is unreadable without this key, and the key is there only while the app is open.

import { cipherKey, openBytes, type Sealed, sealBytes } from '~/domain/sealing'
import type { Stored } from './database'

/** Seals and opens with the data key of one person's store. Locking is letting go of it. */
export type Vault = {
  seal: (value: unknown) => Promise<Sealed>
  open: <T>(sealed: Sealed) => Promise<T>
}

export async function vaultOf(dataKey: Uint8Array<ArrayBuffer>): Promise<Vault> {
  const key = await cipherKey(dataKey)
  return {
    seal: async (value) => sealBytes(key, new TextEncoder().encode(JSON.stringify(value))),
    open: async <T>(sealed: Sealed) =>
      JSON.parse(new TextDecoder().decode(await openBytes(key, sealed))) as T,
  }
}

/** Rows of versions before the vault lie open until they are moved in. */
export function isSealed(held: unknown): held is Sealed {
  return typeof held === 'object' && held !== null && 'sealed' in held
}

export function openStored<T>(vault: Vault, held: Stored<T>): Promise<T> {
  return isSealed(held) ? vault.open<T>(held) : Promise.resolve(held)
}
