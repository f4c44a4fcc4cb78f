// The statement of account of subscribers with ten years behind them, every line with its document and words, against one plain
// sum over the same entries. Bills come from the dispatcher and payments from the counter, month by month.

import type postgres from 'postgres'
import { makeIsps } from '../db/many-isps.ts'
import { median, onOwnServer, type Options, type Result } from './measure.ts'

const SUBSCRIBERS = 50
const MONTHS = 120
const FIRST_YEAR = 2016
const ROUNDS = 7
const TEN_YEARS = { from: '2016-01-01', until: '2026-12-31' }

export async function measure({ scale, say }: Options): Promise<Result> {
  const count = Math.max(2, Math.round(SUBSCRIBERS * scale))
  return onOwnServer(async (server) => {
    const sql = server.open()
    const admin = server.open(1, server.adminUrl)
    await makeIsps(server.adminUrl, { tenants: 1, subscriptions: count, firstPeriod: month(0) })
    await beginTenYearsAgo(admin)
    const subscribers = await liveTenYears(sql)
    await admin`analyze`

    const [lines] = await sql<Array<{ count: number }>>`
      select jsonb_array_length(billing.subscriber_statement(
        ${subscribers[0] ?? ''}, ${TEN_YEARS.from}, ${TEN_YEARS.until}) -> 'lines') as count
    `
    const rounds: Array<{ statement: number; sum: number }> = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const statement = await timed(
        subscribers,
        (id) => sql`
        select billing.subscriber_statement(${id}, ${TEN_YEARS.from}, ${TEN_YEARS.until})
      `,
      )
      const sum = await timed(
        subscribers,
        (id) => admin`
        select sum(e.amount_minor)
        from ledger.accounts as a
        join ledger.entries as e on e.tenant_id = a.tenant_id and e.account_id = a.id
        join ledger.transactions as t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
        where a.tenant_id = (select id from tenancy.tenants) and a.owner_id = ${id}
          and a.code in ('subscriber_receivable', 'subscriber_credit') and t.occurred_at < '2027-01-01'
      `,
      )
      // The first round only warms both sides.
      if (round > 0) rounds.push({ statement, sum })
    }
    const each = (milliseconds: number) => (milliseconds / subscribers.length).toFixed(2)
    say(
      `  ${lines?.count} lines each: statement ${each(median(rounds.map((one) => one.statement)))} ms, sum ${each(median(rounds.map((one) => one.sum)))} ms`,
    )
    return {
      name: 'statement',
      ratio: median(rounds.map(({ statement, sum }) => statement / sum)),
      target: 10,
      details: {
        subscribers: subscribers.length,
        lines: lines?.count ?? 0,
        statementMilliseconds: rounds.map(({ statement }) => Math.round(statement)),
        sumMilliseconds: rounds.map(({ sum }) => Math.round(sum)),
      },
    }
  })
}

function month(index: number) {
  return `${FIRST_YEAR + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`
}

async function beginTenYearsAgo(admin: postgres.Sql) {
  await admin`set session_replication_role = replica`
  await admin`update service.subscriptions set activated_on = ${month(0)}`
  await admin`update service.subscription_terms set valid = daterange(${month(0)}, null)`
  await admin`set session_replication_role = origin`
}

/** Billed on the first, paid on the tenth: in full, in part, or a little ahead. */
async function liveTenYears(sql: postgres.Sql): Promise<Array<string>> {
  const [tenant] = await sql<Array<{ id: string }>>`select id from tenancy.tenants`
  await sql`select set_config('linyada.system_tenant', ${tenant?.id ?? ''}, false)`
  const subscribers = await sql<
    Array<{ id: string }>
  >`select id from service.subscribers order by id`
  for (let index = 0; index < MONTHS; index += 1) {
    const first = month(index)
    await sql`select set_config('linyada.clock_at', ${`${first}T02:00:00+08:00`}, false)`
    await sql`call billing.dispatch(3600)`
    await sql`select set_config('linyada.clock_at', ${`${first.slice(0, 8)}10T12:00:00+08:00`}, false)`
    await sql`
      select collections.take_payment(jsonb_build_object('id', clock.uuid7(), 'subscriber_id', s.id, 'method', 'cash', 'channel', 'counter',
        'amount_minor', 129900 + (${index} % 3 - 1) * 10000))
      from service.subscribers as s
    `
  }
  return subscribers.map(({ id }) => id)
}

async function timed(ids: ReadonlyArray<string>, ask: (id: string) => Promise<unknown>) {
  const start = performance.now()
  for (const id of ids) await ask(id)
  return performance.now() - start
}
