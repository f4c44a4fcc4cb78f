// What a monitor is told: whether the schedule keeps up, and nothing of any tenant.

import { expect, test } from 'vitest'
import { migrationVersions } from '../../supabase/local/migrate.ts'
import { actor, setClock, sql } from './database.ts'
import { bill, noon } from './money.ts'
import { signUpTenant } from './story.ts'

const monitor = actor({ role: 'anon' })

test('a stranger learns the newest migration, and no more than three things', async () => {
  const newest = (await migrationVersions()).at(-1)

  expect(await monitor.call('readiness')).toEqual({
    migration: newest,
    overdue_run_seconds: 0,
    overdue_dunning_seconds: 0,
  })
})

test('a run that is due and not done is overdue since its own midnight', async () => {
  await setClock(noon('2026-10-05'))
  const north = await signUpTenant('North Fiber')

  await setClock('2026-10-31T23:59:00+08:00')
  expect(await monitor.call('readiness')).toMatchObject({ overdue_run_seconds: 0 })
  await setClock('2026-11-01T01:00:00+08:00')
  expect(await monitor.call('readiness')).toMatchObject({ overdue_run_seconds: 3600 })

  await bill(north, '2026-11-01')
  expect(await monitor.call('readiness')).toMatchObject({ overdue_run_seconds: 0 })
})

test('a day without its look at who owes is late since its own midnight', async () => {
  await setClock(noon('2026-10-05'))
  const north = await signUpTenant('North Fiber')
  await setClock('2026-10-06T02:00:00+08:00')
  expect(await monitor.call('readiness')).toMatchObject({ overdue_dunning_seconds: 7200 })

  await sql`select access.act_for(${north.id})`
  await sql`select billing.advance_dunning()`
  await sql`select access.act_for(null)`
  expect(await monitor.call('readiness')).toMatchObject({ overdue_dunning_seconds: 0 })
})
