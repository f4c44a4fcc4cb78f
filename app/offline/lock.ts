// One window of a person syncs at a time. It saves data and battery; the server would bear two as well.

import { type PhoneDatabase, readMeta, writeMeta } from './database'
import type { Phone } from './phone'

const LEASE_MILLISECONDS = 60_000

type Lease = { holder: string; until: number }

/** Runs the work unless another window is at it; answers null then. */
export async function alone<T>(
  phone: Phone,
  holder: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const name = `${phone.db.name}-sync`
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (locks) {
    return locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : null))
  }

  // Older phones have no locks. A lease runs out by itself if its window is killed.
  if (!(await takeLease(phone, holder))) return null
  try {
    return await work()
  } finally {
    await endLease(phone.db, holder)
  }
}

/** Exported for windows without `navigator.locks`, and for their test. */
export async function takeLease({ db, readClock }: Phone, holder: string): Promise<boolean> {
  return db.write(['meta'], async (tables) => {
    const lease = await readMeta<Lease>(tables, 'lease')
    const at = readClock()
    const isTaken =
      lease && lease.holder !== holder && lease.until > at && lease.until - at <= LEASE_MILLISECONDS
    if (isTaken) return false
    await writeMeta(tables, 'lease', { holder, until: at + LEASE_MILLISECONDS } satisfies Lease)
    return true
  })
}

async function endLease(db: PhoneDatabase, holder: string) {
  await db.write(['meta'], async (tables) => {
    const lease = await readMeta<Lease>(tables, 'lease')
    if (lease?.holder === holder) await tables.meta.delete('lease')
  })
}
