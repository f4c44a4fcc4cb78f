// The dispatcher as pg_cron calls it: it commits, so each test has a database of its own.

import { expect, test } from 'vitest'
import { type OwnDatabase, ownDatabase, type Sql } from './database.ts'
import { noon, pay } from './money.ts'
import { signUpTenant, type Stage, type Tenant } from './story.ts'

type World = { own: OwnDatabase; stage: Stage }

async function world(): Promise<World> {
  const own = await ownDatabase()
  const stage = { sql: own.sql as unknown as Stage['sql'], actor: own.actor }
  return { own, stage }
}

async function dispatch(own: OwnDatabase, instant: string, sessions = 1) {
  await Promise.all(
    Array.from({ length: sessions }, async () => {
      const session = await own.sql.reserve()
      try {
        await session`select set_config('linyada.clock_at', ${instant}, false)`
        await session`call billing.dispatch(60)`
      } finally {
        session.release()
      }
    }),
  )
}

async function grow(tenant: Tenant, count: number, plan: string) {
  for (let at = 0; at < count; at += 1) {
    await tenant.service(await tenant.subscriber(), plan, '2026-01-01')
  }
}

async function settle(sql: Sql, tenant: Tenant, fields: { zone?: string; day?: number } = {}) {
  await sql`update tenancy.tenants set time_zone = ${fields.zone ?? 'Asia/Manila'} where id = ${tenant.id}`
  await sql`
    update tenancy.billing_settings set first_period_on = '2026-01-01', invoice_day = ${fields.day ?? 1}
    where tenant_id = ${tenant.id}
  `
}

async function periodsOf(sql: Sql, tenant: Tenant) {
  const rows = await sql<Array<{ period: string; state: string; invoices: number }>>`
    select period::text, state, invoice_count as invoices from billing.runs where tenant_id = ${tenant.id} order by period
  `
  return rows.map(({ period, state, invoices }) => [period, state, invoices])
}

test('missed periods are caught up in order, each tenant by its own day', async () => {
  const { own, stage } = await world()
  const north = await signUpTenant('North Fiber', stage)
  const west = await signUpTenant('West Fiber', stage)
  await settle(own.sql, north)
  await settle(own.sql, west, { zone: 'America/Los_Angeles' })
  await grow(north, 3, await north.plan())
  await grow(west, 1, await west.plan())

  await dispatch(own, '2026-03-01T00:30:00+08:00')

  expect(await periodsOf(own.sql, north)).toEqual([
    ['2026-01-01', 'done', 3],
    ['2026-02-01', 'done', 3],
    ['2026-03-01', 'done', 3],
  ])
  expect(await periodsOf(own.sql, west)).toEqual([
    ['2026-01-01', 'done', 1],
    ['2026-02-01', 'done', 1],
  ])
  await dispatch(own, '2026-03-02T00:30:00+08:00')
  expect(await periodsOf(own.sql, west)).toHaveLength(3)
  expect(await own.sql`select * from ledger.offences()`).toEqual([])
})

test('several dispatchers at once bill everyone once', async () => {
  const { own, stage } = await world()
  const tenants = [
    await signUpTenant('North Fiber', stage),
    await signUpTenant('South Fiber', stage),
  ]
  for (const tenant of tenants) {
    await settle(own.sql, tenant)
    await grow(tenant, 6, await tenant.plan())
  }

  await dispatch(own, noon('2026-02-01'), 5)

  for (const tenant of tenants) {
    expect(await periodsOf(own.sql, tenant)).toEqual([
      ['2026-01-01', 'done', 6],
      ['2026-02-01', 'done', 6],
    ])
  }
  expect(await own.sql`select count(*)::int as invoices from billing.invoices`).toEqual([
    { invoices: 24 },
  ])
  expect(await own.sql`select * from ledger.offences()`).toEqual([])
})

test('who starts a run that somebody else has just started gets to see it', async () => {
  const { own, stage } = await world()
  const north = await signUpTenant('North Fiber', stage)
  await settle(own.sql, north)
  await grow(north, 2, await north.plan())

  const other = await own.sql.reserve()
  await other`begin`
  await other`select pg_advisory_xact_lock(hashtextextended(${`billing:${north.id}`}, 0))`
  const asked = north.owner.call('run_billing', { period: '2026-01-01' })
  await Promise.race([asked, untilSomebodyWaits(own.sql)])
  await other`commit`
  other.release()

  expect(await asked).toMatchObject({ period: '2026-01-01', state: 'done', invoice_count: 2 })
})

async function untilSomebodyWaits(sql: Sql) {
  for (;;) {
    const waiting = await sql`select from pg_locks where locktype = 'advisory' and not granted`
    if (waiting.length > 0) return
  }
}

test('payments and runs at the same time leave every centavo in its place', async () => {
  const { own, stage } = await world()
  const north = await signUpTenant('North Fiber', stage)
  await settle(own.sql, north)
  await grow(north, 8, await north.plan({ price_minor: 99_900 }))
  await dispatch(own, noon('2026-01-01'))
  const payers = await north.owner.read<{ id: string }>('subscribers')

  await Promise.all([
    dispatch(own, noon('2026-04-01'), 2),
    ...payers.flatMap(({ id }) =>
      [150_000, 60_000].map((amount) =>
        pay(north.owner, {
          subscriber_id: id,
          amount_minor: amount,
          received_at: noon('2026-01-02'),
        }),
      ),
    ),
  ])

  expect(await own.sql`select count(*)::int as invoices from billing.invoices`).toEqual([
    { invoices: 32 },
  ])
  const rows = await north.owner.read<{ balance_minor: number; credit_minor: number }>(
    'subscribers',
  )
  expect(rows.map((row) => row.balance_minor - row.credit_minor)).toEqual(
    payers.map(() => 4 * 99_900 - 210_000),
  )
  expect(await own.sql`select * from ledger.offences()`).toEqual([])
})

test('a run stopped after any chunk goes on where it was', async () => {
  const { own, stage } = await world()
  const north = await signUpTenant('North Fiber', stage)
  await settle(own.sql, north)
  await grow(north, 7, await north.plan())
  const chunk = (rollBack: boolean) =>
    own.sql
      .begin(async (sql) => {
        await sql`select set_config('linyada.clock_at', ${noon('2026-01-01')}, true), access.act_for(${north.id})`
        const [run] = await sql<Array<{ state: string }>>`
          select state from billing.advance('2026-01-01', false, 2)
        `
        if (rollBack) throw new Error('killed')
        return run?.state
      })
      .catch((error: Error) => error.message)

  const answers: Array<string | undefined> = []
  for (const rollBack of [false, true, false, true, true, false, false]) {
    answers.push(await chunk(rollBack))
  }

  expect(answers).toEqual(['running', 'killed', 'running', 'killed', 'killed', 'running', 'done'])
  expect(await periodsOf(own.sql, north)).toEqual([['2026-01-01', 'done', 7]])
  expect(await own.sql`select number from billing.invoices order by serial`).toHaveLength(7)
  expect(await own.sql`select * from ledger.offences()`).toEqual([])
})

test('one subscription that fails for an unknown reason stops nobody', async () => {
  const { own, stage } = await world()
  const north = await signUpTenant('North Fiber', stage)
  await settle(own.sql, north)
  await grow(north, 4, await north.plan())
  const unlucky = await north.subscriber({ name: 'Unlucky' })
  await north.service(unlucky, await north.plan(), '2026-01-01')
  await own.sql.unsafe(`
    create function public.fail() returns trigger language plpgsql as $$
    begin if new.subscriber_id = '${unlucky}' then raise exception 'lightning'; end if; return new; end $$;
    create trigger fail before insert on billing.invoices for each row execute function public.fail();
  `)

  await dispatch(own, noon('2026-01-01'))

  expect(await periodsOf(own.sql, north)).toEqual([['2026-01-01', 'done', 4]])
  expect(await north.owner.read('run_exceptions')).toMatchObject([
    { subscriber_name: 'Unlucky', reason: 'unexpected_error', detail: 'lightning' },
  ])
  await own.sql`drop trigger fail on billing.invoices`
  await dispatch(own, noon('2026-02-01'))
  expect(await north.owner.read('run_exceptions')).toMatchObject([
    { resolved_at: expect.any(String) as string },
  ])
  expect(await own.sql`select * from ledger.offences()`).toEqual([])
})

test('a tenant that cannot be billed at all is set aside, and the others are not kept waiting', async () => {
  const { own, stage } = await world()
  const north = await signUpTenant('North Fiber', stage)
  const south = await signUpTenant('South Fiber', stage)
  for (const tenant of [north, south]) {
    await settle(own.sql, tenant)
    await grow(tenant, 2, await tenant.plan())
  }
  await own.sql`update tenancy.tax_regimes set effective_from = '2030-01-01' where tenant_id = ${north.id}`

  await dispatch(own, noon('2026-01-01'))

  expect(await periodsOf(own.sql, south)).toEqual([['2026-01-01', 'done', 2]])
  expect(await north.owner.read('billing_runs')).toMatchObject([
    { state: 'failed', last_error: expect.stringContaining('tax regime') as string },
  ])
  await own.sql`update tenancy.tax_regimes set effective_from = '2020-01-01' where tenant_id = ${north.id}`
  await dispatch(own, '2026-01-01T12:20:00+08:00')
  expect(await periodsOf(own.sql, north)).toEqual([['2026-01-01', 'done', 2]])
})

test('a paused run waits for a person', async () => {
  const { own, stage } = await world()
  const north = await signUpTenant('North Fiber', stage)
  await settle(own.sql, north)
  await grow(north, 3, await north.plan())
  await own.sql.begin(async (sql) => {
    await sql`select set_config('linyada.clock_at', ${noon('2026-01-01')}, true), access.act_for(${north.id})`
    await sql`select billing.advance('2026-01-01', false, 1)`
  })
  const [run] = await north.owner.read<{ id: string }>('billing_runs')
  await north.owner.call('pause_billing_run', { run_id: run?.id })

  await dispatch(own, noon('2026-02-01'))
  expect(await periodsOf(own.sql, north)).toEqual([['2026-01-01', 'paused', 1]])

  await north.owner.call('resume_billing_run', { run_id: run?.id })
  await dispatch(own, noon('2026-01-01'))
  expect(await periodsOf(own.sql, north)).toEqual([['2026-01-01', 'done', 3]])
})

test('the schedule calls the dispatcher', async () => {
  const { own } = await world()
  expect(
    await own.sql`select schedule, command from cron.job where jobname = 'linyada-billing'`,
  ).toEqual([{ schedule: '*/5 * * * *', command: 'call billing.dispatch()' }])
})
