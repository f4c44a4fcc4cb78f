// Payments taken at eight counters at once, each in its transaction, against a plain insert of the very same payment and allocation rows
// into two tables with the same keys, indexes and checks. Ours also chooses the invoices, numbers a receipt, posts to the ledger, keeps the
// balances and the audit trail, and proves the posting. Once with a counter in each of eight ISPs, once with all of them in one.

import type postgres from 'postgres'
import type { Actor, Claims } from '../db/actor.ts'
import { uuid7 } from '../db/ids.ts'
import { makeIsps } from '../db/many-isps.ts'
import {
  bareTables,
  median,
  onOwnServer,
  openIsp,
  type Options,
  type Result,
  timed,
} from './measure.ts'

const COUNTERS = 8
const PAYMENTS = 200
const ROUNDS = 5
/** Each round is a day of its own, in which nobody pays twice: what looks like a double asks more questions, and is rare. */
const dayOf = (round: number) => `2026-11-${String(round + 2).padStart(2, '0')}T10:00:00+08:00`

type Counter = { claims: Claims; subscribers: Array<string> }
type Payment = { id: string; subscriber_id: string; method: 'cash'; amount_minor: number }

export async function measure({ scale, say }: Options): Promise<Result> {
  const each = Math.max(10, Math.round(PAYMENTS * scale))
  return onOwnServer(async (server) => {
    const counters = await openCounters(server.open(), server.adminUrl, each * COUNTERS)
    const sql = server.open(COUNTERS)
    await bareTables(sql, ['collections.payments', 'collections.allocations'])

    const many: Array<number> = []
    const one: Array<number> = []
    // One round warms up both sides and is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const now = dayOf(round)
      const inMany = await compare(sql, counters, each, now)
      const first = counters[0]
      if (!first) throw new Error('There is no counter')
      const inOne = await compare(
        sql,
        Array.from({ length: COUNTERS }, () => first),
        each,
        // The first ISP took as many on the day itself.
        dayOf(round + ROUNDS + 1),
      )
      await sql`analyze`
      if (round === 0) continue
      many.push(inMany)
      one.push(inOne)
      say(
        `  ${COUNTERS * each} payments: in many ISPs ${inMany.toFixed(2)}, in one ${inOne.toFixed(2)}`,
      )
    }

    return {
      name: 'payments',
      // The worse of the two: the target is for both.
      ratio: Math.max(median(many), median(one)),
      target: 2.5,
      details: { counters: COUNTERS, payments: COUNTERS * each, manyIsps: many, oneIsp: one },
    }
  })
}

/** Eight ISPs with an owner each, everybody billed for the month. */
async function openCounters(
  sql: postgres.Sql,
  adminUrl: string,
  subscribers: number,
): Promise<Array<Counter>> {
  const owners: Array<Actor> = []
  for (let at = 0; at < COUNTERS; at += 1) owners.push(await openIsp(sql, `Bench ${at}`))
  await makeIsps(adminUrl, {
    tenants: 0,
    subscriptions: subscribers,
    firstPeriod: '2026-11-01',
  })
  await sql`update tenancy.billing_settings set first_period_on = '2026-11-01'`
  await sql`select set_config('linyada.clock_at', ${dayOf(0)}, false)`
  await sql`call billing.dispatch(3600)`
  await sql`analyze`

  const counters: Array<Counter> = []
  for (const { claims } of owners) {
    const found = await sql<Array<{ id: string }>>`
      select id from service.subscribers where tenant_id = ${String(claims['tenant_id'])} order by id
    `
    counters.push({ claims, subscribers: found.map(({ id }) => id) })
  }
  return counters
}

/** Ours over the bare work, on the same rows. */
async function compare(
  sql: postgres.Sql,
  counters: ReadonlyArray<Counter>,
  each: number,
  now: string,
) {
  const work = counters.map((counter, place) => ({
    counter,
    payments: paymentsOf(counter, place, each),
  }))
  const ours = await timed(() =>
    Promise.all(
      work.map(async ({ counter, payments }) => {
        for (const payment of payments) await record(sql, counter.claims, payment, now)
      }),
    ),
  )
  const bare = await timed(() =>
    Promise.all(
      work.map(async ({ counter, payments }) => {
        for (const { id } of payments)
          await insertBare(sql, String(counter.claims['tenant_id']), id)
      }),
    ),
  )
  return ours / bare
}

/** Parts of what each subscriber owes, so that every payment has an invoice to go to. Counters meet at no subscriber. */
function paymentsOf({ subscribers }: Counter, place: number, each: number): Array<Payment> {
  return Array.from({ length: each }, (_, at) => ({
    id: uuid7(),
    subscriber_id: subscribers[(at * COUNTERS + place) % subscribers.length] ?? '',
    method: 'cash',
    amount_minor: 1_000,
  }))
}

/** As the Data API does: role and claims, the call, the commit. */
async function record(sql: postgres.Sql, claims: Claims, payment: Payment, now: string) {
  await sql.begin(async (begun) => {
    await begun`
      select set_config('linyada.clock_at', ${now}, true),
        set_config('request.jwt.claims', ${JSON.stringify({ role: 'authenticated', ...claims })}, true),
        set_config('role', 'authenticated', true)
    `
    await begun`select api.record_payment(${JSON.stringify(payment)}::text::jsonb)`
  })
}

async function insertBare(sql: postgres.Sql, tenant: string, id: string) {
  await sql.begin(async (begun) => {
    await begun`insert into bench.payments select * from collections.payments where tenant_id = ${tenant} and id = ${id}`
    await begun`
      insert into bench.allocations overriding system value select * from collections.allocations where tenant_id = ${tenant} and payment_id = ${id}
    `
  })
}
