// Sixteen people at the same books for a minute: taking, voiding, refunding, crediting and moving money, billing, and closing months.

import { expect, test } from 'vitest'
import { type OwnDatabase, ownDatabase } from './database.ts'
import { uuid7 } from './ids.ts'
import type { Taken } from './money.ts'
import { type Person, signUpTenant, type Stage, type Tenant } from './story.ts'

const PEOPLE = 16
const SECONDS = 60
const SUBSCRIBERS = 10
const MONTHS = 4

type World = {
  own: OwnDatabase
  isp: Tenant
  /** Who takes money and asks; somebody else decides. */
  cashiers: Array<Person>
  manager: Person
  subscribers: Array<string>
}

type Done = { state: string; id: string }

/** What was answered, by the id it was asked with. */
type Log = {
  payments: Map<string, Taken>
  corrections: Map<string, Done>
  counts: Map<string, number>
}

test(
  'everything that was answered is there once, and every centavo in its place',
  { timeout: (SECONDS + 90) * 1000 },
  async () => {
    const world = await openBooks()
    const log: Log = { payments: new Map(), corrections: new Map(), counts: new Map() }
    const until = Date.now() + SECONDS * 1000

    await Promise.all(world.cashiers.map((cashier) => work(world, cashier, log, until)))

    const { own, isp } = world
    // Else nothing met anything.
    for (const deed of Object.keys(deeds))
      expect([deed, log.counts.get(deed)]).not.toEqual([deed, undefined])
    const [closed] = await own.sql<Array<{ months: number }>>`
      select count(*)::int as months from ledger.periods where state = 'closed'
    `
    expect(closed?.months).toBeGreaterThan(0)

    // The database has seen no quiet moment to count its own rows.
    await own.sql`analyze`
    expect(
      await own.sql`select invariant, subject, detail from ledger.offences(${isp.id})`,
    ).toEqual([])

    const payments = await own.sql<Array<{ id: string }>>`select id from collections.payments`
    const receipts = await own.sql<
      Array<{ number: string }>
    >`select number from collections.receipts`
    const paid = new Set(payments.map(({ id }) => id))
    const numbers = new Set(receipts.map(({ number }) => number))
    expect(numbers.size).toBe(receipts.length)
    // A transferred payment hands its receipt on, so the number is looked for by itself.
    for (const [id, answer] of log.payments) {
      expect(paid).toContain(id)
      expect(numbers).toContain(answer.receipt_number)
    }

    const corrections = await own.sql<Array<{ id: string }>>`
      select id from billing.credit_notes union all select id from collections.refunds
    `
    const kept = new Set(corrections.map(({ id }) => id))
    for (const [id, { state }] of log.corrections) if (state === 'done') expect(kept).toContain(id)

    expect(
      await own.sql`
        select idempotency_key from ledger.transactions group by tenant_id, idempotency_key having count(*) > 1
      `,
    ).toEqual([])
  },
)

async function openBooks(): Promise<World> {
  const own = await ownDatabase()
  const stage = { sql: own.sql as unknown as Stage['sql'], actor: own.actor }
  const isp = await signUpTenant('North Fiber', stage)
  const [since] = await own.sql<Array<{ day: string }>>`
    select (date_trunc('month', clock.today(${isp.id})) - make_interval(months => ${MONTHS}))::date::text as day
  `
  await own.sql`
    update tenancy.billing_settings set first_period_on = ${since?.day ?? ''} where tenant_id = ${isp.id}
  `
  const plan = await isp.plan({ price_minor: 99_900, from_on: since?.day ?? '' })
  const subscribers: Array<string> = []
  for (let at = 0; at < SUBSCRIBERS; at += 1) {
    const id = await isp.subscriber()
    await isp.service(id, plan, since?.day)
    subscribers.push(id)
  }
  await own.sql`call billing.dispatch(60)`
  // A later day in the calendar is billed while the others work.
  const permissions = [
    'subscribers.read',
    'billing.read',
    'invoices.manage',
    'payments.read',
    'payments.record',
    'payments.request_void',
    'payments.correct',
  ]
  const cashiers: Array<Person> = []
  for (let at = 0; at < PEOPLE; at += 1) cashiers.push(await isp.member(...permissions))
  return { own, isp, cashiers, manager: isp.owner, subscribers }
}

async function work(world: World, cashier: Person, log: Log, until: number) {
  const names = Object.keys(deeds) as Array<keyof typeof deeds>
  while (Date.now() < until) {
    // Taking money is what happens most.
    const name = Math.random() < 0.5 ? 'pay' : (pick(names) ?? 'pay')
    try {
      await deeds[name](world, cashier, log)
      log.counts.set(name, (log.counts.get(name) ?? 0) + 1)
    } catch (error) {
      // A refusal in a sentence is an answer; a deadlock or a broken rule is not.
      if (!/^PT4/.test((error as { code?: string }).code ?? '')) throw error
    }
  }
}

const deeds = {
  /** Half of them are sent twice at once, as by a double tap or a retry. */
  async pay({ subscribers }: World, cashier: Person, log: Log) {
    const id = uuid7()
    const daysAgo = Math.floor(Math.random() * 100)
    const payment = {
      id,
      subscriber_id: pick(subscribers),
      method: 'cash',
      amount_minor: 1 + Math.floor(Math.random() * 150_000),
      received_at: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
    }
    const take = () => cashier.call<Taken>('record_payment', { payment })
    const answers = await Promise.all(Math.random() < 0.5 ? [take()] : [take(), take()])
    expect(new Set(answers.map(({ receipt_number }) => receipt_number)).size).toBe(1)
    if (answers[0]) log.payments.set(id, answers[0])
  },
  async void({ manager }: World, cashier: Person, log: Log) {
    const payment_id = pick([...log.payments.keys()])
    if (!payment_id) return
    const request = await cashier.call<{ request_id: string }>('request_void', {
      payment_id,
      reason: 'Wrong amount',
    })
    await manager.call('approve_void', { request_id: request.request_id })
  },
  async refund({ subscribers }: World, cashier: Person, log: Log) {
    await correct(log, cashier, 'refund', 'refund', {
      subscriber_id: pick(subscribers),
      amount_minor: 1 + Math.floor(Math.random() * 20_000),
      method: 'cash',
    })
  },
  async credit({ own }: World, cashier: Person, log: Log) {
    const open = await own.sql<
      Array<{ id: string }>
    >`select id from billing.invoices where state in ('open', 'paid')`
    await correct(log, cashier, 'issue_credit_note', 'credit_note', {
      invoice_id: pick(open)?.id,
      amount_minor: 1 + Math.floor(Math.random() * 5_000),
    })
  },
  async transfer({ subscribers }: World, cashier: Person, log: Log) {
    const payment_id = pick([...log.payments.keys()])
    if (!payment_id) return
    await cashier.call('transfer_payment', {
      transfer: {
        id: uuid7(),
        payment_id,
        subscriber_id: pick(subscribers),
        reason: 'Taken for another',
      },
    })
  },
  async invoiceVoid({ own }: World, cashier: Person) {
    const open = await own.sql<
      Array<{ id: string }>
    >`select id from billing.invoices where state = 'open'`
    await cashier.call('void_invoice', {
      invoice_void: { id: uuid7(), invoice_id: pick(open)?.id, reason: 'Made by mistake' },
    })
  },
  async bill({ own }: World) {
    await own.sql`call billing.dispatch(1)`
  },
  async close({ own, isp, manager }: World) {
    const [next] = await own.sql<Array<{ month: string }>>`
      select min(g.month)::date::text as month
      from generate_series(
        (select date_trunc('month', min(accounting_on)) from ledger.transactions where tenant_id = ${isp.id}),
        date_trunc('month', now()) - interval '1 month', interval '1 month') as g(month)
      where not exists (select from ledger.periods as p where p.tenant_id = ${isp.id} and p.month = g.month and p.state = 'closed')
    `
    // Now and then, so that most of the minute passes with some months closed and some open.
    if (next?.month && Math.random() < 0.05)
      await manager.call('close_month', { month: next.month })
  },
}

async function correct(log: Log, by: Person, name: string, argument: string, fields: object) {
  const id = uuid7()
  const ask = () =>
    by.call<Done>(name, { [argument]: { id, reason: 'Because it was wrong', ...fields } })
  const answers = await Promise.all(Math.random() < 0.5 ? [ask()] : [ask(), ask()])
  if (answers[0]) log.corrections.set(id, answers[0])
}

function pick<T>(all: ReadonlyArray<T>): T | undefined {
  return all[Math.floor(Math.random() * all.length)]
}
