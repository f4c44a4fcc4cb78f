// The real pg_cron runs the real billing: Debian's Postgres 15 with the extension, our migrations, one minute of waiting.

import { expect, onTestFinished, test } from 'vitest'
import { createActor, type Sql } from './actor.ts'
import { installPgCron, startCronDatabase } from './debian-postgres.ts'
import { signUpTenant, type Stage } from './story.ts'

test('pg_cron turns the month for every ISP, exactly once', async (context) => {
  const missing = installPgCron()
  if (missing) {
    process.stdout.write(`\nSKIPPED, pg_cron is not here: ${missing}\n\n`)
    context.skip(missing)
  }
  const { sql, stop } = await startCronDatabase()
  onTestFinished(stop)

  const jobs = await sql<
    Array<{ schedule: string; command: string }>
  >`select schedule, command from cron.job where jobname = 'linyada-billing'`
  expect(jobs).toEqual([{ schedule: '*/5 * * * *', command: 'call billing.dispatch()' }])

  const stage = {
    sql,
    actor: (claims: Parameters<typeof createActor>[0]) =>
      createActor(claims, async <T>(work: (sql: Sql) => Promise<T>) => {
        const result = await sql.begin(async (begun) => ({ value: await work(begun) }))
        return result.value
      }),
  } as unknown as Stage
  const isps = [await signUpTenant('North Fiber', stage), await signUpTenant('South Fiber', stage)]
  for (const isp of isps) {
    const [tenant] = await isp.owner.read<{ today: string }>('tenant')
    const month = `${String(tenant?.today).slice(0, 7)}-01`
    await isp.owner.call('save_billing_settings', { settings: { first_period_on: month } })
    const plan = await isp.plan()
    for (const name of ['Ana', 'Ben', 'Cora'])
      await isp.service(await isp.subscriber({ name }), plan, month)
  }

  await sql`select cron.schedule('linyada-billing', '* * * * *', 'call billing.dispatch()')`
  const done = () =>
    sql<
      Array<{ count: number }>
    >`select count(*)::int as count from billing.runs where state = 'done'`
  await expect
    .poll(async () => (await done())[0]?.count, { timeout: 100_000, interval: 1_000 })
    .toBe(2)
  await sql`call billing.dispatch()`

  expect(
    await sql`select count(*)::int as invoices, count(distinct (tenant_id, serial))::int as numbers from billing.invoices where state = 'open'`,
  ).toEqual([{ invoices: 6, numbers: 6 }])
  expect(
    await sql`select distinct status from cron.job_run_details where command = 'call billing.dispatch()' and status <> 'running'`,
  ).toEqual([{ status: 'succeeded' }])
}, 600_000)
