// Fetches what changed. Chunks are laid aside as they come and become the mirror in one step, so that a
// screen never sees half a pull and a broken connection goes on where it stopped.

import { addDays, civilDay, type Day } from '~/domain/calendar'
import {
  type MirrorRows,
  mirrorStores,
  type PhoneDatabase,
  type Read,
  readMeta,
  type Together,
  writeMeta,
} from './database'
import type { MirrorRow, MirrorStore } from './memory'
import { isTorn, prepareMirror } from './mirror'
import { lastEntry, sendAllAgain } from './outbox'
import type { Phone } from './phone'
import type { Stopped } from './push'
import { wordsOf } from './tokens'
import { openStored } from './vault'

/** A weak line is asked for little at a time, for what was cut off is asked for again; a quick one soon for more. */
const FEW_ROWS = 500
const MOST_ROWS = 2_000
const QUICK_MILLISECONDS = 2_000
/** What is mirrored stays as the person's own record for this long. */
const RECORD_DAYS = 35
/** Who did not keep a promise is asked another way, for this long. The server sends no older ones either. */
const BROKEN_PROMISE_DAYS = 60
const DAY_MILLISECONDS = 86_400_000
const MINUTE_MILLISECONDS = 60_000

type Chunk = {
  cursor: unknown
  /** Everything comes afresh: what is in the mirror is void. */
  full: boolean
  /** The first chunk of a pull: what was laid aside before is void. */
  first: boolean
  more: boolean
  rows: Partial<MirrorRows>
  server_at: string
}

type Progress = { cursor: unknown; full: boolean; answered: Array<string> }

export async function pull(
  phone: Phone,
  onProgress: (rows: number) => void = () => {},
): Promise<Stopped | null> {
  const { db } = phone
  let pulledRows = 0
  let rows = FEW_ROWS

  for (;;) {
    // What was answered before a pull begins is in it, whatever transactions run beside.
    const answered = await db.outbox.keys('state', 'answered')
    const torn = await isTorn(phone)
    const begun = await unfinished(db, answered, torn)
    const cursor = begun || torn ? (begun?.cursor ?? null) : await readMeta(db, 'cursor')

    const askedAt = phone.readClock()
    const reply = await phone.call('/api/sync/pull', {
      device_id: phone.deviceId,
      cursor,
      chunk: rows,
    })
    if (reply.kind !== 'ok') return reply
    const chunk = readChunk(reply.body)
    if (!chunk) return { kind: 'unreachable' }

    const isQuick = phone.readClock() - askedAt < QUICK_MILLISECONDS
    rows = isQuick ? Math.min(rows * 2, MOST_ROWS) : FEW_ROWS
    setClock(phone, chunk.server_at, askedAt)
    pulledRows += countRows(chunk.rows)
    onProgress(pulledRows)

    const full = chunk.first || !begun ? chunk.full : begun.full
    const progress: Progress = { cursor: chunk.cursor, full, answered }
    await layAside(phone, chunk, progress)
    if (!chunk.more) {
      // Where another window was quicker, what is laid aside becomes the mirror with the next pull.
      return (await becomeMirror(phone, progress)) ? null : { kind: 'unreachable' }
    }
  }
}

/** Payments and deeds from before are the office's to look up. */
export function oldestRecord({ now }: Phone): string {
  return new Date(now().getTime() - RECORD_DAYS * DAY_MILLISECONDS).toISOString()
}

/**
 * A pull that was cut off goes on, unless the server has heard more of us since: its first half would
 * not know of that, and its second half would. What mends a torn mirror is a full one.
 */
async function unfinished(db: PhoneDatabase, answered: ReadonlyArray<string>, torn: boolean) {
  const begun = await readMeta<Progress>(db, 'pull')
  if (torn && !begun?.full) return null
  return begun && answered.every((id) => begun.answered.includes(id)) ? begun : null
}

async function layAside({ db, vault }: Phone, chunk: Chunk, progress: Progress) {
  const rows = await vault.seal(chunk.rows)
  await db.write(['arrivals', 'meta'], async (tables) => {
    if (chunk.first) await tables.arrivals.clear()
    await tables.arrivals.add({ rows })
    await writeMeta(tables, 'pull', progress)
  })
}

async function becomeMirror(phone: Phone, { cursor, full, answered }: Progress) {
  const { db, vault, now, clock } = phone
  const oldest = oldestRecord(phone)
  const brokenFrom = addDays(civilDay(now(), phone.profile.time_zone), -BROKEN_PROMISE_DAYS)
  const aside = await db.arrivals.list()
  const opened = await Promise.all(aside.map(({ rows }) => openStored(vault, rows))).catch(
    () => null,
  )
  // Damaged on the way: nothing is built on it, and the server says it again.
  if (!opened) {
    await db.write(['arrivals', 'meta'], dropAside)
    return false
  }
  const mirror = await prepareMirror(phone, {
    full,
    arrived: opened.map(withWords),
    keeps: (store, row) => isKept(store, row, { oldest, brokenFrom }),
  })

  return db.write(['chest', 'arrivals', 'outbox', 'meta'], async (tables) => {
    if (!(await mirror.write(tables))) return false

    const { outbox } = tables
    const epoch = epochOf(cursor)
    if (await isRestored(tables, epoch)) {
      await sendAllAgain(tables, epoch)
    } else {
      for (const id of answered) await outbox.change(id, { state: 'mirrored' })
    }
    // The last entry carries the chain: the next one is numbered and hashed from it.
    const last = await lastEntry(tables)
    const over = (await outbox.list('happened_at', IDBKeyRange.upperBound(oldest, true)))
      .filter((entry) => entry.state === 'mirrored' && entry.id !== last?.id)
      .map(({ id }) => id)
    await outbox.delete(...over)

    await dropAside(tables)
    await writeMeta(tables, 'cursor', cursor)
    await writeMeta(tables, 'epoch', epoch)
    await writeMeta(tables, 'last_sync_at', now().toISOString())
    await writeMeta(tables, 'clock_offset', clock.offset)
    return true
  })
}

async function dropAside({ arrivals, meta }: Together<'arrivals' | 'meta'>) {
  await arrivals.clear()
  await meta.delete('pull')
}

async function isRestored(tables: Read<'meta'>, epoch: number | null): Promise<boolean> {
  const known = await readMeta<number>(tables, 'epoch')
  return known !== null && known !== epoch
}

/** Which history of the database a cursor is about; a restore begins another one. */
function epochOf(cursor: unknown): number | null {
  const { epoch } = (cursor ?? {}) as { epoch?: unknown }
  return typeof epoch === 'number' ? epoch : null
}

/** Payments and bills that are settled and over are the office's to look up. */
function isKept(
  store: MirrorStore,
  row: MirrorRow,
  { oldest, brokenFrom }: { oldest: string; brokenFrom: Day },
) {
  if (store === 'invoices' && 'state' in row) return row.state === 'open'
  if (store === 'payments' && 'received_at' in row) return row.received_at >= oldest
  if (store === 'promises' && 'made_at' in row) {
    return row.state === 'open' || (row.state === 'broken' && row.promised_on >= brokenFrom)
  }
  if (store === 'paid' && 'stage' in row) return row.stage !== 'void'
  if (store === 'remittances' && 'declared_at' in row) return row.declared_at >= oldest
  return true
}

function withWords(rows: Partial<MirrorRows>): Partial<MirrorRows> {
  const subscribers = rows.subscribers?.map((row) => ({ ...row, words: wordsOf(row) }))
  return subscribers ? { ...rows, subscribers } : rows
}

/** A phone's clock may be wrong by days. The server's is right, give or take the way there. */
function setClock(phone: Phone, serverAt: string, askedAt: number) {
  const here = (askedAt + phone.readClock()) / 2
  const ahead = Date.parse(serverAt) - here
  if (Number.isFinite(ahead))
    phone.clock.offset = Math.abs(ahead) < MINUTE_MILLISECONDS ? 0 : Math.round(ahead)
}

function countRows(rows: Partial<MirrorRows>) {
  return mirrorStores.reduce((count, name) => count + (rows[name]?.length ?? 0), 0)
}

function readChunk(body: unknown): Chunk | null {
  const chunk = (body ?? {}) as Partial<Chunk>
  const isChunk =
    typeof chunk.more === 'boolean' &&
    typeof chunk.rows === 'object' &&
    typeof chunk.server_at === 'string'
  return isChunk ? (chunk as Chunk) : null
}
