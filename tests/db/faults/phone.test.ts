// What goes wrong on the phone itself: a clock that jumps, a note nobody can read.

import { expect, test } from 'vitest'
import { collect } from '../../../app/offline/collect.ts'
import { syncOnce } from '../../../app/offline/sync.ts'
import { myPayments, unsentEntries } from '../../../app/offline/own-payments.ts'
import { ownDatabase } from '../database.ts'
import { approveAtOffice, aRoute, roadPhone, take } from '../road.ts'

const DAY = 86_400_000

async function onTheRoad() {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, 1)
  const clock = { at: Date.now() }
  const phone = roadPhone(north, carlo, { isUp: true, losesAnswers: 0 }, clock)
  await approveAtOffice(north, phone)
  expect(await syncOnce(phone)).toBeNull()
  return { own, north, phone, clock, ana: String(subscribers[0]) }
}

test('a clock set back and forward between collections changes neither order nor sum', async () => {
  const { own, north, phone, clock, ana } = await onTheRoad()
  const now = Date.now()
  for (const [at, days] of [0, -2, 3, -500, 400].entries()) {
    clock.at = now + days * DAY
    await take(phone, ana, 1_000 + at).catch(async () => {
      // Days ahead look like days unsent, and the phone stops until it has sent.
      await syncOnce(phone)
      clock.at = now + days * DAY
      phone.clock.offset = 0
      await take(phone, ana, 1_000 + at)
    })
  }
  clock.at = now
  phone.clock.offset = 0
  await syncOnce(phone)
  expect(await syncOnce(phone)).toBeNull()

  expect(await unsentEntries(phone)).toEqual([])
  expect(
    await own.sql`
      select p.amount_minor::int as amount, r.serial::int, p.received_at <= p.recorded_at as is_past
      from collections.payments as p
      join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id
      where p.tenant_id = ${north.id} and p.stage = 'posted' order by r.serial`,
  ).toEqual([1, 2, 3, 4, 5].map((serial) => ({ amount: 999 + serial, serial, is_past: true })))
  const alarms = await own.sql<
    Array<{ kind: string }>
  >`select distinct kind from sync.alarms order by kind`
  expect(alarms.map(({ kind }) => kind)).toEqual(['clock_ahead', 'clock_back'])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
})

test.each([
  ['half a character', `Paid by ${'🏠'.slice(0, 1)} mother`],
  ['a NUL', 'Paid by \0 mother'],
])('a note with %s in it does not hold up what comes behind', async (_, note) => {
  const { own, phone, ana } = await onTheRoad()
  await collect(phone, {
    id: phone.newId(),
    subscriberId: ana,
    subscriptionId: null,
    amountMinor: 1_000,
    note,
  })
  await take(phone, ana, 2_000)

  expect(await syncOnce(phone)).toBeNull()
  expect((await myPayments(phone)).map(({ stage }) => stage)).toEqual(['posted', 'posted'])
  expect(await own.sql`select note from collections.payments where note is not null`).toEqual([
    { note: 'Paid by  mother' },
  ])
  expect(await own.sql`select kind from sync.alarms`).toEqual([])
})
