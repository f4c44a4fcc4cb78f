// Chains what the person did: each command names the hash of the one before, so that nothing is left out or slipped in unseen.

import { toHex } from '~/domain/bytes'
import type { Command } from './database'

/** Of the entry that goes before the next one; the server works out the same (`sync.hash_of`). */
export async function hashOf(command: Command): Promise<string> {
  const bytes = new TextEncoder().encode(jsonbText(command))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return toHex(new Uint8Array(digest))
}

/** The text Postgres gives to a `jsonb` of this value: keys by length and then by bytes, a space after colon and comma. */
export function jsonbText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .map(([key, held]) => ({ key, bytes: new TextEncoder().encode(key), held: jsonbText(held) }))
    .sort((a, b) => a.bytes.length - b.bytes.length || compareBytes(a.bytes, b.bytes))
    .map(({ key, held }) => `${JSON.stringify(key)}: ${held}`)
  return `{${pairs.join(', ')}}`
}

function compareBytes(a: Uint8Array, b: Uint8Array) {
  const at = a.findIndex((byte, index) => byte !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
