// The office's database comes back from a backup that is older than what phones have sent. Cash it forgot is not lost.

import postgres from 'postgres'
import { onTestFinished, expect, test } from 'vitest'
import { syncOnce } from '../../../app/offline/sync.ts'
import { listStops, myPayments, totals, unsentEntries } from '../../../app/offline/view.ts'
import { recordVisit } from '../../../app/offline/collect.ts'
import { bootstrap } from '../../../supabase/local/bootstrap.ts'
import { createDatabase } from '../../../supabase/local/postgres.ts'
import { type OwnDatabase, ownDatabase } from '../database.ts'
import { approveAtOffice, aRoute, roadPhone, take } from '../road.ts'

/** A copy of the database as it is now; what it answers puts the copy in its place. */
async function backUp({ adminUrl }: OwnDatabase): Promise<() => Promise<void>> {
  const url = (database = 'postgres', role = '') => {
    const named = new URL(adminUrl)
    named.pathname = database
    if (role) named.username = role
    return named.href
  }
  const name = new URL(adminUrl).pathname.slice(1)
  const backup = `${name}_b`
  const admin = postgres(url(), { max: 1, onnotice: () => {} })
  onTestFinished(() => admin.end())
  const empty = () =>
    admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`

  await empty()
  await createDatabase({ url }, backup, name)
  await bootstrap(url(backup))
  return async () => {
    await admin`drop database ${admin(name)} with (force)`
    await admin`alter database ${admin(backup)} rename to ${admin(name)}`
  }
}

test('after a restore the phone sends again what the database forgot, and nothing is doubled', async () => {
  const own = await ownDatabase()
  const { north, carlo, subscribers } = await aRoute(own, 2)
  const [ana, ben] = subscribers.map(String) as [string, string]
  const phone = roadPhone(north, carlo, { isUp: true, losesAnswers: 0 }, { at: Date.now() })
  await approveAtOffice(north, phone)
  expect(await syncOnce(phone)).toBeNull()
  await take(phone, ana, 10_000)
  expect(await syncOnce(phone)).toBeNull()

  const restore = await backUp(own)
  await take(phone, ana, 20_000)
  await take(phone, ben, 30_000)
  await recordVisit(phone, { id: phone.newId(), subscriberId: ben, outcome: 'not_home' })
  expect(await syncOnce(phone)).toBeNull()
  expect(await syncOnce(phone)).toBeNull()
  const before = await listStops(phone)

  await restore()
  await own.sql`update tenancy.tenants set sync_epoch = sync_epoch + 1`
  expect(await own.sql`select amount_minor::int from collections.payments`).toHaveLength(1)
  await syncOnce(phone)
  // Nothing is counted twice, or not at all, while it is on its way.
  expect(await totals(phone)).toMatchObject({ onHandMinor: 60_000, unsentCount: 4 })
  expect((await listStops(phone)).map(({ owedMinor }) => owedMinor)).toEqual(
    before.map(({ owedMinor }) => owedMinor),
  )
  await syncOnce(phone)

  expect(await unsentEntries(phone)).toEqual([])
  expect(
    await own.sql`
      select p.amount_minor::int as amount, p.stage, r.serial::int from collections.payments as p
      join collections.receipts as r on r.tenant_id = p.tenant_id and r.payment_id = p.id order by r.serial`,
  ).toEqual([
    { amount: 10_000, stage: 'posted', serial: 1 },
    { amount: 20_000, stage: 'posted', serial: 2 },
    { amount: 30_000, stage: 'posted', serial: 3 },
  ])
  expect(await own.sql`select outcome from collections.visits`).toEqual([{ outcome: 'not_home' }])
  expect(await own.sql`select kind from sync.alarms`).toEqual([])
  expect(await own.sql`select * from ledger.offences(${north.id})`).toEqual([])
  expect(await myPayments(phone)).toHaveLength(3)
  expect(await totals(phone)).toMatchObject({ onHandMinor: 60_000, unsentCount: 0 })
}, 120_000)
