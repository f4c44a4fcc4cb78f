// Jobs written by cron.schedule run here as pg_cron runs them on a hosted database.

import { expect, test, onTestFinished } from 'vitest'
import { startScheduler } from '../../supabase/local/scheduler.ts'
import { ownDatabase } from './database.ts'

async function aDatabaseWithJobs() {
  const own = await ownDatabase()
  await own.sql`delete from cron.job`
  await own.sql.unsafe(`
    create table public.ticks (at timestamptz default clock_timestamp());
    create procedure public.tick() language plpgsql as $$
    begin
      insert into public.ticks default values;
      commit;
      insert into public.ticks default values;
    end $$;
  `)
  const scheduler = startScheduler(own.url)
  onTestFinished(() => scheduler.stop())
  const runs = () => own.sql`select status, return_message from cron.job_run_details order by runid`
  return { ...own, scheduler, runs }
}

test('a job every second calls a procedure that commits, and is written down', async () => {
  const { sql, scheduler, runs } = await aDatabaseWithJobs()
  await sql`select cron.schedule('tick', '1 seconds', 'call public.tick()')`

  await scheduler.refresh()
  await expect.poll(runs, { timeout: 5000 }).toMatchObject([{ status: 'succeeded' }])
  expect((await sql`select from public.ticks`).length).toBeGreaterThanOrEqual(2)

  await sql`select cron.unschedule('tick')`
  await scheduler.refresh()
  const before = (await runs()).length
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect((await runs()).length).toBeLessThanOrEqual(before + 1)
})

test('a failing job says why and does not stop the others', async () => {
  const { sql, scheduler, runs } = await aDatabaseWithJobs()
  await sql`select cron.schedule('bad', '0 1 * * *', 'select 1 / 0')`
  await sql`select cron.schedule('good', '0 2 * * *', 'call public.tick()')`
  await sql`select cron.schedule('monthly', '0 0 $ * *', 'call public.tick()')`

  await scheduler.runMissed(new Date('2026-03-01T00:00:00Z'), new Date('2026-03-01T03:00:00Z'))
  expect(await runs()).toEqual([
    { status: 'failed', return_message: 'ERROR: division by zero' },
    { status: 'succeeded', return_message: 'CALL 0' },
  ])
})

test('a name schedules once, and a new schedule replaces the old', async () => {
  const { sql } = await aDatabaseWithJobs()
  await sql`select cron.schedule('tick', '*/5 * * * *', 'select 1')`
  await sql`select cron.schedule('tick', '*/9 * * * *', 'select 2')`

  expect(await sql`select schedule, command from cron.job`).toEqual([
    { schedule: '*/9 * * * *', command: 'select 2' },
  ])
  await expect(sql`select cron.unschedule('nobody')`).rejects.toThrow('could not find valid entry')
})
