// The billing run of many tenants against a bare INSERT … SELECT of the very same invoice and line rows
// into tables with the same keys, indexes and checks. The run also computes them, numbers them, posts them
// to the ledger, proves each posting and keeps the balances.

import type postgres from 'postgres'
import { makeIsps } from '../db/many-isps.ts'
import { bareTables, median, onOwnServer, type Options, type Result, timed } from './measure.ts'

const TENANTS = 200
const SUBSCRIPTIONS = 500
const ROUNDS = 5
const FIRST_MONTH = 2026 * 12

export async function measure({ scale, say }: Options): Promise<Result> {
  const tenants = Math.max(1, Math.round(TENANTS * scale))
  return onOwnServer(async (server) => {
    await makeIsps(server.adminUrl, {
      tenants,
      subscriptions: SUBSCRIPTIONS,
      firstPeriod: month(0),
    })

    const sql = server.open()
    await bareTables(sql, ['billing.invoices', 'billing.invoice_lines'])
    const rounds: Array<{ run: number; bare: number }> = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const period = month(round)
      await sql`select set_config('linyada.clock_at', ${`${period}T02:00:00+08:00`}, false)`
      const run = await timed(() => sql`call billing.dispatch(3600)`)
      const bare = await timed(() => insertBare(sql, period))
      rounds.push({ run, bare })
      say(
        `  ${period}: run ${run.toFixed(0)} ms, bare ${bare.toFixed(0)} ms, ratio ${(run / bare).toFixed(2)}`,
      )
      // Else the table statistics of an empty database decide the next round's plans.
      await sql`analyze`
    }
    const [count] = await sql<Array<{ invoices: number }>>`
      select count(*)::int as invoices from billing.invoices
    `

    return {
      name: 'billing-run',
      ratio: median(rounds.map(({ run, bare }) => run / bare)),
      target: 3,
      details: {
        tenants,
        subscriptions: SUBSCRIPTIONS,
        invoices: count?.invoices ?? 0,
        runMilliseconds: rounds.map(({ run }) => Math.round(run)),
        bareMilliseconds: rounds.map(({ bare }) => Math.round(bare)),
      },
    }
  })
}

function month(round: number) {
  const index = FIRST_MONTH + round
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`
}

/** By tenant and committed, as the run commits its chunks. */
async function insertBare(sql: postgres.Sql, period: string) {
  const tenants = await sql<Array<{ id: string }>>`select id from tenancy.tenants order by id`
  for (const { id } of tenants) {
    await sql.begin(async (transaction) => {
      await transaction`
        insert into bench.invoices select * from billing.invoices where tenant_id = ${id} and period = ${period}
      `
      await transaction`
        insert into bench.invoice_lines
          (tenant_id, id, invoice_id, line, kind, description, subscription_id, period, service_from, service_until,
           vat_class, net_minor, vat_minor, total_minor, in_force)
        select l.tenant_id, l.id, l.invoice_id, l.line, l.kind, l.description, l.subscription_id, l.period, l.service_from,
          l.service_until, l.vat_class, l.net_minor, l.vat_minor, l.total_minor, l.in_force
        from billing.invoice_lines as l where l.tenant_id = ${id} and l.period = ${period}
      `
    })
  }
}
