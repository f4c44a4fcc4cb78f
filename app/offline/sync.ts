// Keeps a phone and the server in step: sends, takes receipt numbers, fetches. On start, when the line comes
// back, when the page is looked at, by a timer, and after each deed.

import { enrol, type EnrolledDevice, isLetIn, stopOf } from './device'
import { readMeta } from './database'
import { alone } from './lock'
import { isTorn, readMirror } from './mirror'
import { openEach } from './opened'
import { keepBlocks, ownEntries, receiptsLeft } from './outbox'
import type { Phone, Reply } from './phone'
import { pull } from './pull'
import { push, type Stopped } from './push'
import { watch } from './watch'

const TIMER_MILLISECONDS = 45_000
/** A new block is asked for when fewer receipts are left. */
const REFILL_AT = 30
const BLOCK_SIZE = 100

export type SyncState = 'idle' | 'sending' | 'offline' | 'refused' | 'signed_out' | 'other_person'

export type SyncStatus = {
  state: SyncState
  refusedReason: string | null
  /** Until the store was read once, nothing below says anything. */
  isCounted: boolean
  /** Deeds only this phone knows of. */
  unsent: number
  /** Collections the office has to look at. */
  parked: number
  lastSyncAt: string | null
  /** Rows fetched by the pull that is running. */
  pulledRows: number
  /** False until the first pull is whole. */
  hasMirror: boolean
  /** Part of the mirror is lost here, until the next pull brings it afresh. */
  isTorn: boolean
  /** Deeds that do not open any more and are not settled; the office is told of each. */
  damaged: number
  /** As the office knows this phone; null until it was told of it. */
  device: EnrolledDevice | null
}

export type Sync = {
  status: () => SyncStatus
  subscribe: (listener: () => void) => () => void
  /** Sends and fetches now, or joins the run that is at it. Never throws. */
  now: () => Promise<SyncStatus>
  stop: () => void
}

export function startSync(phone: Phone): Sync {
  const holder = phone.newId()
  const listeners = new Set<() => void>()
  let running: Promise<SyncStatus> | null = null
  let isAgain = false
  let isWoken = false
  let isStopped = false
  let status: SyncStatus = {
    state: 'idle',
    refusedReason: null,
    isCounted: false,
    unsent: 0,
    parked: 0,
    lastSyncAt: null,
    pulledRows: 0,
    hasMirror: false,
    isTorn: false,
    damaged: 0,
    device: null,
  }

  const change = (changed: Partial<SyncStatus>) => {
    const next = { ...status, ...changed }
    if (JSON.stringify(next) === JSON.stringify(status)) return
    status = next
    for (const listener of listeners) listener()
  }

  const run = async (): Promise<SyncStatus> => {
    try {
      do {
        isAgain = false
        isWoken = false
        change({ state: 'sending', pulledRows: 0 })
        const stopped = await alone(phone, holder, () =>
          syncOnce(phone, (pulledRows) => change({ pulledRows })),
        )
        change(stateAfter(stopped))
      } while (isWoken || (isAgain && status.state === 'idle'))
    } catch (error) {
      // A room that was left closes its database under the run. Anything else is a failure of the phone itself;
      // what is stored stays stored.
      if (isStopped) return status
      change({ state: 'refused', refusedReason: 'phone_storage' })
      console.error(error)
    } finally {
      running = null
    }
    return status
  }

  const now = () => (running ??= run())

  const endCounting = watch(
    () => readCounts(phone),
    (counted) => {
      const isMore = counted.unsent > status.unsent
      change(counted)
      if (!isMore) return
      if (running) isAgain = true
      else void now()
    },
    () => change({ state: 'refused', refusedReason: 'phone_storage' }),
  )

  // A line that comes back while a run fails for want of it is not missed.
  const unwatch = watchWorld(() => {
    isWoken = running !== null
    void now()
  })
  void now()

  return {
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    now,
    stop: () => {
      isStopped = true
      endCounting()
      unwatch()
    },
  }
}

/** One round. Answers why it stopped early, or null. */
export async function syncOnce(
  phone: Phone,
  onProgress: (rows: number) => void = () => {},
): Promise<Stopped | null> {
  // What waits goes out before anything else is asked: also from a phone that is not approved, or is to empty itself.
  const stopped =
    (await enrol(phone)) ??
    (await push(phone)) ??
    (await isLetIn(phone)) ??
    (await refillReceipts(phone)) ??
    (await pull(phone, onProgress))
  return stopped?.kind === 'refused' ? stopOf(phone, stopped) : stopped
}

async function refillReceipts({ db, deviceId, call }: Phone): Promise<Stopped | null> {
  if ((await receiptsLeft(db)) >= REFILL_AT) return null
  const reply = await call('/api/receipts', { device_id: deviceId, wanted: BLOCK_SIZE })
  if (reply.kind !== 'ok') return reply
  const { blocks } = reply.body as { blocks?: Parameters<typeof keepBlocks>[1] }
  if (Array.isArray(blocks)) await keepBlocks(db, blocks)
  return null
}

function stateAfter(stopped: Stopped | null): Partial<SyncStatus> {
  const states = {
    unreachable: 'offline',
    signed_out: 'signed_out',
    other_person: 'other_person',
    refused: 'refused',
  } as const satisfies Record<Exclude<Reply['kind'], 'ok'>, SyncState>

  if (!stopped) return { state: 'idle', refusedReason: null }
  return {
    state: states[stopped.kind],
    refusedReason: stopped.kind === 'refused' ? stopped.reason : null,
  }
}

async function readCounts(phone: Phone) {
  const { db } = phone
  const open = await ownEntries(db)
  const [entries, torn, parked, lastSyncAt, cursor, device] = await Promise.all([
    openEach(phone, open),
    isTorn(phone),
    countParked(phone),
    readMeta<string>(db, 'last_sync_at'),
    readMeta(db, 'cursor'),
    readMeta<EnrolledDevice>(db, 'device'),
  ])
  return {
    isCounted: true,
    unsent: open.filter(({ state }) => state === 'waiting').length,
    parked,
    lastSyncAt,
    hasMirror: cursor !== null,
    isTorn: torn,
    damaged: entries.filter(({ isDamaged }) => isDamaged).length,
    device,
  }
}

/** Collections the office has not settled yet, as far as this phone has heard. */
async function countParked(phone: Phone) {
  const [entries, { payments }] = await Promise.all([phone.db.outbox.list(), readMirror(phone)])
  return entries
    .filter(({ name, answer }) => name === 'record_payment' && answer?.state === 'parked')
    .filter(({ id }) => (payments.get(id)?.stage ?? 'unidentified') === 'unidentified').length
}

/** Background Sync is not among these: most phones do not have it, and none may be relied on. */
function watchWorld(wake: () => void) {
  if (typeof window === 'undefined') return () => {}
  const wakeWhenSeen = () => {
    if (document.visibilityState === 'visible') wake()
  }
  const timer = setInterval(wakeWhenSeen, TIMER_MILLISECONDS)
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wakeWhenSeen)
  return () => {
    clearInterval(timer)
    window.removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wakeWhenSeen)
  }
}
