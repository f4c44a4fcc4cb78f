// The watch over the runs, and exceptions mended one by one.

import { expect, test } from 'vitest'
import { asOwner, setClock, sql } from './database.ts'
import { bill, expectSound, noon } from './money.ts'
import { signUpTenant, type Tenant } from './story.ts'

type Watch = {
  late: { period: string; run_id: string | null; state: string; last_error: string | null } | null
  failing_jobs: Array<{ job: string; failed_at: string }>
}

async function inOctober(): Promise<Tenant> {
  await setClock(noon('2026-10-05'))
  return signUpTenant('North Fiber')
}

function watch(tenant: Tenant) {
  return tenant.owner.call<Watch>('billing_watch')
}

test('a run is late when its day began and two rounds of the schedule did nothing', async () => {
  const north = await inOctober()

  await setClock('2026-11-01T00:11:00+08:00')
  expect((await watch(north)).late).toBeNull()
  await setClock('2026-11-01T00:13:00+08:00')
  expect((await watch(north)).late).toMatchObject({
    period: '2026-11-01',
    run_id: null,
    state: 'missing',
  })

  await bill(north, '2026-11-01')
  expect((await watch(north)).late).toBeNull()
})

test.each(['paused', 'failed'])('a run that is %s is named at once', async (state) => {
  const north = await inOctober()
  await north.service(await north.subscriber(), await north.plan(), '2026-11-01')
  await bill(north, '2026-11-01')
  await asOwner()
  await sql`update billing.runs set state = ${state}, finished_at = null, last_error = 'No series', heartbeat_at = clock.now() where tenant_id = ${north.id}`

  expect((await watch(north)).late).toMatchObject({ state, last_error: 'No series' })
})

test('a job whose newest round failed is named, and no more of it', async () => {
  const north = await inOctober()
  expect((await watch(north)).failing_jobs).toEqual([])

  await asOwner()
  const round = (status: string, message: string) => sql`
    insert into cron.job_run_details (jobid, status, return_message, start_time, end_time)
    select jobid, ${status}, ${message}, now(), now() from cron.job where jobname = 'linyada-billing'
  `
  await round('failed', 'a secret of another ISP')
  const { failing_jobs } = await watch(north)
  expect(failing_jobs).toEqual([
    { job: 'linyada-billing', failed_at: expect.any(String) as string },
  ])

  await asOwner()
  await round('succeeded', '')
  expect((await watch(north)).failing_jobs).toEqual([])
})

test('who may not read billing is told nothing', async () => {
  const north = await inOctober()
  const helper = await north.member('subscribers.read')
  await expect(helper.call('billing_watch')).rejects.toMatchObject({ code: 'PT403' })
  await expect(
    helper.call('retry_billing_exception', { exception_id: north.id }),
  ).rejects.toMatchObject({ code: 'PT403' })
})

/** A service whose plan lost its price for November; the run sets it aside. */
async function setAside(north: Tenant) {
  const plan = await north.plan({ price_minor: 99_900 })
  const service = await north.service(await north.subscriber(), plan, '2026-11-01')
  await asOwner()
  const [term] = await sql`
    update service.subscription_terms set valid = '[2026-11-01,2026-11-10)' where subscription_id = ${service} returning plan_id`
  expect(await bill(north, '2026-11-01')).toMatchObject({ invoice_count: 0, exception_count: 1 })
  const [exception] = await north.owner.read<{ id: string; run_id: string }>('run_exceptions')
  if (!term || !exception) throw new Error('Nothing was set aside')
  return { service, exception }
}

test('an exception says again what is in the way until it is mended, then bills once', async () => {
  const north = await inOctober()
  const { service, exception } = await setAside(north)
  const retry = () =>
    north.owner.call<{ resolved: boolean; reason: string; invoice_count: number }>(
      'retry_billing_exception',
      { exception_id: exception.id },
    )

  expect(await retry()).toMatchObject({ resolved: false, reason: 'no_price', invoice_count: 0 })

  await asOwner()
  await sql`update service.subscription_terms set valid = '[2026-11-01,)' where subscription_id = ${service}`
  expect(await retry()).toMatchObject({ resolved: true, invoice_count: 1, total_minor: 99_900 })
  expect(await retry()).toMatchObject({ resolved: true, invoice_count: 0 })

  expect(await north.owner.read('billing_runs')).toMatchObject([
    { invoice_count: 1, exception_count: 0, total_minor: 99_900 },
  ])
  expect(await north.owner.read('invoices')).toHaveLength(1)
  await expectSound(north)
})

test('what fails for an unknown reason stays an exception', async () => {
  const north = await inOctober()
  const { service, exception } = await setAside(north)
  await asOwner()
  await sql`update service.subscription_terms set valid = '[2026-11-01,)' where subscription_id = ${service}`
  await sql`
    create function public.break_it() returns trigger language plpgsql as
    $$ begin raise exception 'the printer is on fire'; end $$`
  await sql`create trigger break_it before insert on billing.invoices for each row execute function public.break_it()`

  expect(
    await north.owner.call('retry_billing_exception', { exception_id: exception.id }),
  ).toMatchObject({ resolved: false, reason: 'unexpected_error', detail: 'the printer is on fire' })
})

test('an exception of another ISP is not here', async () => {
  const north = await inOctober()
  const { exception } = await setAside(north)
  await asOwner()
  const south = await signUpTenant('South Fiber')
  await expect(
    south.owner.call('retry_billing_exception', { exception_id: exception.id }),
  ).rejects.toMatchObject({ code: 'PT404' })
})
