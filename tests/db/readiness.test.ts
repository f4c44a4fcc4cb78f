// What a monitor is told: whether the schedule keeps up, and nothing of any tenant.

import { expect, test } from 'vitest'
import { migrationVersions } from '../../supabase/local/migrate.ts'
import { actor, setClock } from './database.ts'
import { bill, noon } from './money.ts'
import { signUpTenant } from './story.ts'

const monitor = actor({ role: 'anon' })

test('a stranger learns the newest migration, and no more than two things', async () => {
  const newest = (await migrationVersions()).at(-1)

  expect(await monitor.call('readiness')).toEqual({ migration: newest, overdue_run_seconds: 0 })
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
