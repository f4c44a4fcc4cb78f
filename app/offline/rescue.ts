// A queue that cannot be sent, for the office to take in by hand. Needs no PIN, no session and no signal: what lies here is handed over as
// it lies, under seal, and only the office opens it.

import { toBase64Url } from '~/domain/bytes'
import { packRescue } from '~/domain/rescue'
import { SIGNING } from '~/domain/receipt-signature'
import type { PhoneDatabase, StoredEntry } from './database'
import { readMeta } from './database'
import { ownKeys } from './keys'
import { newId } from './phone'
import { waitingEntries } from './outbox'
import { officeKeyOf } from './pin'
import { isSealed } from './vault'

/** Deeds only this phone knows of, and the file of them. */
export type Queue = { unsent: number; save: () => Promise<Uint8Array<ArrayBuffer>> }

type Whose = { tenantId: string; deviceId: string; readClock: () => number }

/** Null when everything was sent, or when this phone was not opened since it can do this. */
export async function queueOf(db: PhoneDatabase, whose: Whose): Promise<Queue | null> {
  const unsent = await db.outbox.count('state', 'waiting')
  if (unsent === 0 || !(await officeKeyOf(db))) return null
  return { unsent, save: () => saveQueue(db, whose) }
}

async function saveQueue(db: PhoneDatabase, { tenantId, deviceId, readClock }: Whose) {
  const [key, keys, waiting, offset] = await Promise.all([
    officeKeyOf(db),
    ownKeys(db),
    waitingEntries(db),
    readMeta<number>(db, 'clock_offset'),
  ])
  if (!key) throw new Error('This phone has to be opened once before it can hand its queue over')
  const savedAt = readClock() + (offset ?? 0)
  return packRescue(
    {
      id: newId(savedAt),
      tenant_id: tenantId,
      device_id: deviceId,
      saved_at: new Date(savedAt).toISOString(),
      key: toBase64Url(key.sealed),
      entries: waiting.map(asItLies),
    },
    (bytes) => crypto.subtle.sign(SIGNING, keys.signing.privateKey, bytes),
  )
}

function asItLies({
  id,
  device_seq,
  name,
  input,
  happened_at,
  schema_version,
  prev_hash,
}: StoredEntry) {
  // A damaged one goes along as it is: the office is told that it does not open.
  const isOpen = typeof input === 'object' && input !== null && !isSealed(input)
  if (isOpen) throw new Error('An entry lies open: it is sealed when the phone is opened')
  const sealed =
    isSealed(input) && input.sealed instanceof Uint8Array ? toBase64Url(input.sealed) : ''
  return { id, device_seq, name, happened_at, schema_version, prev_hash, input: sealed }
}
