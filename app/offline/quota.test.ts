// The phone's storage is full, at each write in turn. What cannot be written did not happen; what is written stays.

import { expect, test, vi } from 'vitest'
import { collect } from './collect'
import type { PhoneDatabase } from './database'
import type { Phone } from './phone'
import { anInvoice, aProfile, aServer, aSubscriber, openPhone, phoneWith } from './story'
import { syncOnce } from './sync'
import { listStops, receipt, unsentEntries } from './view'

vi.setConfig({ testTimeout: 60_000 })

const ana = aSubscriber()

const tapOf = (phone: Phone) => ({
  id: phone.newId(),
  subscriberId: ana.id,
  subscriptionId: null,
  amountMinor: 1_000,
})

/** Takes so many writes and no more. */
function fill(db: PhoneDatabase, room: { writes: number }) {
  db.use({
    stack: 'dbcore',
    name: 'full',
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name)
        return {
          ...table,
          mutate: (request) => {
            if (request.type !== 'delete' && request.type !== 'deleteRange' && room.writes-- <= 0) {
              return Promise.reject(new DOMException('full', 'QuotaExceededError'))
            }
            return table.mutate(request)
          },
        }
      },
    }),
  })
}

test('cash is taken whole or not at all when the storage is full', async () => {
  for (let writes = 0; ; writes += 1) {
    const profile = aProfile()
    await phoneWith({ subscribers: [ana] }, { profile })
    const full = openPhone({ profile })
    const room = { writes }
    fill(full.db, room)
    const tap = tapOf(full)
    const isTaken = await collect(full, tap).then(
      () => true,
      () => false,
    )
    expect(await full.db.outbox.count()).toBe(isTaken ? 1 : 0)
    expect(await full.db.receipts.count()).toBe(isTaken ? 1 : 0)

    room.writes = Infinity
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
    fill(full.db, room)
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

    room.writes = Infinity
    expect(await syncOnce(full)).toBeNull()
    expect(server.commands).toHaveLength(1)
    expect(await unsentEntries(full)).toEqual([])
    expect(await listStops(full)).toMatchObject([{ name: 'Ana Reyes' }])
    if (!isDone) continue
    expect(writes).toBeGreaterThan(5)
    return
  }
})
