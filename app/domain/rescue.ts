// What a phone hands over when it cannot send: its queue as it lies there, under seal, signed by the phone. A file or a row of codes.

import { type ReceiptKey, SIGNING } from './receipt-signature'

/** An entry of the outbox: its content is sealed, base64url. */
export type RescueEntry = {
  id: string
  device_seq: number
  name: string
  happened_at: string
  schema_version: number
  prev_hash: string
  input: string
}

export type RescueContent = {
  /** Of this file; the same file opened again is known by it. */
  id: string
  tenant_id: string
  device_id: string
  saved_at: string
  /** The key of the entries, sealed for the office, base64url. */
  key: string
  entries: Array<RescueEntry>
}

export type RescueFile = {
  content: unknown
  packed: Uint8Array<ArrayBuffer>
  signature: Uint8Array
}

/** `LYR1`. A later format gets another digit. */
const MARK = new TextEncoder().encode('LYR1')
const SIGNATURE_BYTES = 64
/** Thousands of entries; more than that was made to fill a memory. */
const LARGEST_CONTENT_BYTES = 8 * 1024 * 1024

export async function packRescue(
  content: RescueContent,
  sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder().encode(JSON.stringify(content))
  const packed = await through(new CompressionStream('deflate'), text)
  const signature = new Uint8Array(await sign(signedBytes(packed)))
  return joined([MARK, signature, packed])
}

export function isRescueFile(bytes: Uint8Array): boolean {
  return bytes.length > MARK.length + SIGNATURE_BYTES && MARK.every((one, at) => bytes[at] === one)
}

/** What a file says, or null when it is none or was cut. Says nothing about whether it is true. */
export async function readRescue(bytes: Uint8Array<ArrayBuffer>): Promise<RescueFile | null> {
  if (!isRescueFile(bytes)) return null
  const signature = bytes.slice(MARK.length, MARK.length + SIGNATURE_BYTES)
  const packed = bytes.slice(MARK.length + SIGNATURE_BYTES)
  try {
    const text = await through(new DecompressionStream('deflate'), packed)
    return { content: JSON.parse(new TextDecoder().decode(text)), packed, signature }
  } catch {
    return null
  }
}

/** True only for exactly what this phone packed. */
export async function isSignedBy(
  { packed, signature }: RescueFile,
  { kty, crv, x, y }: ReceiptKey,
): Promise<boolean> {
  const jwk = { kty, crv, x, y }
  const key = await crypto.subtle.importKey('jwk', jwk, SIGNING, false, ['verify'])
  return crypto.subtle.verify(SIGNING, key, signature.slice(), signedBytes(packed))
}

/** Begins with what it is for, so that no signature of a receipt stands for a file or the other way round. */
function signedBytes(packed: Uint8Array) {
  return joined([new TextEncoder().encode('linyada-rescue-1\n'), packed])
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Array<Uint8Array> = []
  let length = 0
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return joined(parts)
    length += value.byteLength
    if (length > LARGEST_CONTENT_BYTES) {
      await reader.cancel()
      throw new RangeError('The file is larger than any phone makes')
    }
    parts.push(value)
  }
}

function joined(parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** One command of a file, as the office looks at it. */
export type RescuedItem = {
  id: string
  name: string
  happened_at: string
  /** Null for what is no cash. */
  amount_minor: number | null
  receipt_number: string | null
  subscriber_name: string | null
  account_no: string | null
  /** `new` before it is taken in; then what became of it. */
  state: 'new' | 'known' | 'applied' | 'parked'
  reason: string | null
}

/** Whose file it is and what is in it. */
export type Rescue = {
  id: string
  device_code: string
  device_status: 'pending' | 'active' | 'wiping' | 'revoked'
  member_name: string
  saved_at: string
  items: ReadonlyArray<RescuedItem>
}
