// The phone's storage is full, at each write in turn. What cannot be written did not happen; what is written stays.

import { describe, expect, test, vi } from 'vitest'
import { collect } from './collect'
import type { Phone } from './phone'
import { watchRequests } from './store-faults'
import { anInvoice, aProfile, aServer, aSubscriber, openPhone, phoneWith } from './story'
import { syncOnce } from './sync'
import { receipt, unsentEntries } from './own-payments'
import { listStops } from './view'

vi.setConfig({ testTimeout: 60_000 })

const ana = aSubscriber()

const tapOf = (phone: Phone) => ({
  id: phone.newId(),
  subscriberId: ana.id,
  subscriptionId: null,
  amountMinor: 1_000,
})

/** Takes so many writes and no more. A browser says so at once, or when all is to be stored. */
function fill(room: { writes: number }, when: 'at the write' | 'at the commit') {
  return watchRequests((kind, transaction) => {
    if (!/^(add|put) /.test(kind) || room.writes-- > 0) return null
    if (when === 'at the write') throw new DOMException('full', 'QuotaExceededError')
    // As fake-indexeddb ends a transaction for a reason of its own.
    return () =>
      (transaction as unknown as { _abort: (reason: string) => void })._abort('QuotaExceededError')
  })
}

describe.each(['at the write', 'at the commit'] as const)('%s', (when) => {
  test('cash is taken whole or not at all when the storage is full', async () => {
    for (let writes = 0; ; writes += 1) {
      const profile = aProfile()
      await phoneWith({ subscribers: [ana] }, { profile })
      const full = openPhone({ profile })
      const room = { writes }
      const empty = fill(room, when)
      const tap = tapOf(full)
      const isTaken = await collect(full, tap).then(
        () => true,
        () => false,
      )
      expect(await full.db.outbox.count()).toBe(isTaken ? 1 : 0)
      expect(await full.db.receipts.count()).toBe(isTaken ? 1 : 0)

      empty()
      expect(await collect(full, tap)).toMatchObject({ number: 'R-000001' })
      if (!isTaken) continue
      expect(writes).toBeGreaterThan(2)
      return
    }
  })

  test('a sync that finds no room keeps the queue, and goes on when there is some', async () => {
    for (let writes = 0; ; writes += 1) {
      const profile = aProfile()
      const server = aServer({ subscribers: [ana], invoices: [anInvoice(ana)] })
      const first = await phoneWith({ subscribers: [ana] }, { profile })
      const taken = await collect(first, tapOf(first))
      const full = openPhone({ profile, call: server.call })
      const room = { writes }
      const empty = fill(room, when)
      const isDone = await syncOnce(full).then(
        () => true,
        () => false,
      )
      // Another window knows only what is stored.
      const other = openPhone({ profile })
      const isWaiting = (await unsentEntries(other)).length === 1
      expect(isWaiting || server.commands.length === 1).toBe(true)
      expect(await receipt(other, taken.payment_id)).toMatchObject({ number: 'R-000001' })
      expect(await listStops(other)).toHaveLength(1)

      empty()
      expect(await syncOnce(full)).toBeNull()
      expect(server.commands).toHaveLength(1)
      expect(await unsentEntries(full)).toEqual([])
      expect(await listStops(full)).toMatchObject([{ name: 'Ana Reyes' }])
      if (!isDone) continue
      expect(writes).toBeGreaterThan(5)
      return
    }
  })
})
