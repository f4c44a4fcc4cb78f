// The database is killed again and again while a run of 20,000 invoices is under way and people take money beside it.

import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { type Claims, createActor } from './actor.ts'
import { uuid7 } from './ids.ts'
import { makeIsps } from './many-isps.ts'
import { type OwnServer, ownServer } from './own-server.ts'
import { signUpTenant, type Stage } from './story.ts'

const DEATHS = 20
const ISPS = 20
const SERVICES = 1_000
const NOW = '2026-11-01T12:00:00+08:00'
const LONGEST_LIFE_MILLISECONDS = 900

type Payer = { subscriber_id: string; subscription_id: string }
type Sent = { id: string; answer: { payment_id: string; prepaid: object | null } }

test(
  'twenty deaths of the database lose no acknowledged payment, bill nobody twice and leave no gap',
  { timeout: 180_000 },
  async () => {
    const server = await ownServer({ durable: true })
    onTestFinished(server.stop)
    const { claims, payers } = await openBusyIsp(server)
    const life = { isOver: false, interruptions: 0 }

    const cashiers = [0, 5, 10].map((at) =>
      takeMoney(server.url, claims, payers.slice(at, at + 5), life),
    )
    const dispatchers = [dispatch(server.url, life), dispatch(server.url, life)]
    for (let death = 0; death < DEATHS; death += 1) {
      await sleep(Math.random() * LONGEST_LIFE_MILLISECONDS)
      await server.kill(death % 2 === 0 ? 'SIGKILL' : 'SIGQUIT')
    }
    await Promise.all(dispatchers)
    life.isOver = true
    const sent = (await Promise.all(cashiers)).flat()

    const sql = postgres(server.url, { onnotice: () => {}, max: 1 })
    onTestFinished(() => sql.end())
    // Else the deaths fell where nothing was at work.
    expect(life.interruptions).toBeGreaterThan(DEATHS / 2)
    expect(
      await sql`
        select count(*)::int as invoices, count(distinct subscription_id)::int as services
        from billing.invoice_lines where kind = 'recurring'
      `,
    ).toEqual([{ invoices: ISPS * SERVICES, services: ISPS * SERVICES }])
    expect(await sql`select distinct state from billing.runs`).toEqual([{ state: 'done' }])

    const kept = await sql<Array<{ id: string }>>`select id from collections.payments order by id`
    expect(kept.map(({ id }) => id)).toEqual(sent.map(({ id }) => id).sort())
    expect(
      await sql`select count(*)::int as sales from billing.invoices where run_id is null`,
    ).toEqual([{ sales: sent.filter(({ answer }) => answer.prepaid).length }])
    expect(await sql`select invariant, subject, detail from ledger.offences()`).toEqual([])
  },
)

/** One ISP with people in it, whose payments and sales share their number series with its run, among many others. */
async function openBusyIsp(server: OwnServer) {
  const sql = postgres(server.url, { onnotice: () => {}, max: 1 })
  const stage: Stage = {
    sql: sql as unknown as Stage['sql'],
    actor: (claims) =>
      createActor(claims, async (work) => {
        const done = await sql.begin(async (begun) => {
          await begun`select set_config('linyada.clock_at', ${NOW}, true)`
          return { value: await work(begun) }
        })
        return done.value
      }),
  }
  const isp = await signUpTenant('Busy Fiber', stage)
  const plan = await isp.plan({
    name: 'Prepaid 20',
    billing_mode: 'prepaid',
    prepaid_days: 30,
    price_minor: 100_000,
  })
  const payers: Array<Payer> = []
  for (let at = 0; at < 15; at += 1) {
    const subscriber_id = await isp.subscriber({ account_no: `P-${at}` })
    const subscription_id = await isp.service(subscriber_id, plan, '2026-10-01')
    payers.push({ subscriber_id, subscription_id })
  }
  await makeIsps(server.adminUrl, {
    tenants: ISPS - 1,
    subscriptions: SERVICES,
    firstPeriod: '2026-11-01',
  })
  await sql`update tenancy.billing_settings set first_period_on = '2026-11-01'`
  await sql.end()
  return { claims: isp.owner.claims, payers }
}

type Life = { isOver: boolean; interruptions: number }

/** A second of chunks at a time, as often as it takes. */
function dispatch(url: string, life: Life) {
  return undaunted(url, life, async (client) => {
    await client.query(`select set_config('linyada.clock_at', $1, false)`, [NOW])
    for (;;) {
      await client.query('call billing.dispatch(1)')
      const { rowCount } = await client.query(`
        select from tenancy.tenants as t
        where not exists (select from billing.runs as r where r.tenant_id = t.id and r.state = 'done')
        limit 1
      `)
      if (rowCount === 0) return
    }
  })
}

/** Payment after payment; one that got no answer is sent again until it has one, as a phone does. */
async function takeMoney(url: string, claims: Claims, payers: Array<Payer>, life: Life) {
  const sent: Array<Sent> = []
  let id = uuid7()
  let isInDoubt = false
  await undaunted(url, life, async (client) => {
    // What was begun is sent until it is answered, also when everything else is over.
    while (!life.isOver || isInDoubt) {
      isInDoubt = true
      const payer = payers[sent.length % payers.length]
      const isSale = sent.length % 3 === 0
      const payment = {
        id,
        method: 'cash',
        amount_minor: 10_000 + sent.length,
        subscriber_id: payer?.subscriber_id,
        subscription_id: isSale ? payer?.subscription_id : null,
      }
      await client.query('begin')
      await client.query(
        `select set_config('linyada.clock_at', $1, true), set_config('request.jwt.claims', $2, true), set_config('role', 'authenticated', true)`,
        [NOW, JSON.stringify({ role: 'authenticated', ...claims })],
      )
      const { rows } = await client.query<Pick<Sent, 'answer'>>(
        'select api.record_payment($1::jsonb) as answer',
        [JSON.stringify(payment)],
      )
      await client.query('commit')
      if (rows[0]) sent.push({ id, ...rows[0] })
      isInDoubt = false
      id = uuid7()
    }
  })
  return sent
}

/** Works on a new connection whenever the last one died. What the database refuses by a rule is a fault of the test. */
async function undaunted(url: string, life: Life, work: (client: Client) => Promise<void>) {
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return await work(client)
    } catch (error) {
      if (!isDeath(error)) throw error
      life.interruptions += 1
      await sleep(50)
    } finally {
      void client.end().catch(() => {})
    }
  }
}

function isDeath(error: unknown) {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return /^(ECONN|EPIPE|57P|08)/.test(code) || /connection|timeout/i.test(message)
}
