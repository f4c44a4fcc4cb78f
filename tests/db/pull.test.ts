// What phones are told: everything that is theirs to carry, nothing else, and never less than what changed.

import { beforeEach, expect, test, vi } from 'vitest'
import { addDays } from '../../app/domain/calendar.ts'
import { type OwnDatabase, ownDatabase, type Row, type Sql } from './database.ts'
import { approvedDevice, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

type Pulled = {
  cursor: Record<string, string>
  full: boolean
  first: boolean
  more: boolean
  rows: Record<string, Array<Row>>
  server_at: string
}

let own: OwnDatabase
let north: Tenant
let carlo: Person
let dina: Person
let ana: string

/** The phone each person pulls with; approved at their first pull, unless they have another since. */
const phones = new WeakMap<Person, Promise<string>>()

const pull = async (person: Person, cursor: unknown = null, chunk?: number) => {
  const phone = phones.get(person) ?? approvedDevice(person)
  phones.set(person, phone)
  return person.call<Pulled>('sync_pull', { device_id: await phone, cursor, chunk })
}

/**
 * Pulls until nothing comes. A transaction that runs anywhere in the cluster, such as another test's,
 * lets rows come again until it ends; they are the same rows.
 */
async function catchUp(person: Person, cursor: unknown = null): Promise<unknown> {
  return vi.waitFor(
    async () => {
      const pulled = await pull(person, cursor)
      cursor = pulled.cursor
      expect(pulled.rows).toEqual({})
      return cursor
    },
    { timeout: 15_000, interval: 20 },
  )
}

const ids = (pulled: Pulled, kind: string) => (pulled.rows[kind] ?? []).map(({ id }) => id)

beforeEach(async () => {
  own = await ownDatabase()
  north = await signUpTenant('North Fiber', own)
  carlo = await north.collector()
  dina = await north.collector('Dina')
  const [{ today } = { today: '' }] = await north.owner.read<{ today: string }>('tenant')
  const month = `${today.slice(0, 7)}-01`
  await north.owner.call('save_billing_settings', {
    settings: { first_period_on: month, collector_cash_limit_minor: 2_000_000 },
  })
  const plan = await north.plan({ name: 'Fiber 50', price_minor: 99_900 })
  ana = await north.subscriber({
    name: 'Ana Reyes',
    account_no: 'CDO-1',
    purok: 'Purok 3',
    phone: '0917 111',
    notes: 'Owes the owner a favour',
    email: 'ana@example.test',
  })
  await north.service(ana, plan, month)
  await north.route(carlo, ana)
  await north.owner.call('run_billing', { period: month })
})

test('a first pull brings the own route whole, and nothing its work does not need', async () => {
  const ben = await north.subscriber({ name: 'Ben Cruz' })
  await north.route(dina, ben)
  const pulled = await pull(carlo)

  expect(pulled).toMatchObject({ full: true, first: true, more: false })
  expect(pulled.rows).toMatchObject({
    settings: [{ trade_name: 'North Fiber', currency: 'PHP', cash_limit_minor: 2_000_000 }],
    plans: [{ name: 'Fiber 50' }],
    subscriptions: [
      {
        subscriber_id: ana,
        plan_name: 'Fiber 50',
        price_minor: 99_900,
        billing_mode: 'postpaid',
        is_on: true,
        reasons: [],
      },
    ],
    invoices: [{ subscriber_id: ana, state: 'open', balance_minor: 99_900 }],
  })
  expect(pulled.rows['subscribers']).toEqual([
    {
      id: ana,
      account_no: 'CDO-1',
      name: 'Ana Reyes',
      address: 'Purok 3',
      barangay_id: null,
      barangay: null,
      landmark: null,
      phone: '0917 111',
      latitude: null,
      longitude: null,
      route_id: expect.any(String),
      position: 1,
    },
  ])
  expect(JSON.stringify(pulled)).not.toContain('favour')
})

test('a second pull brings nothing, and then only what changed', async () => {
  const cursor = await catchUp(carlo)
  expect(await pull(carlo, cursor)).toMatchObject({ full: false, more: false, rows: {} })

  await north.owner.call('save_subscriber', { subscriber: { id: ana, name: 'Ana Reyes-Cruz' } })
  const changed = await pull(carlo, cursor)
  expect(Object.keys(changed.rows)).toEqual(['subscribers'])
  expect(changed.rows['subscribers']).toMatchObject([{ name: 'Ana Reyes-Cruz' }])
  await catchUp(carlo, changed.cursor)
})

test('a payment comes back as paid invoice, credit, cash in hand and own payment', async () => {
  const cursor = await catchUp(carlo)
  const phone = await phoneOf(carlo)
  phones.set(carlo, Promise.resolve(phone.id))
  const payment = { ...phone.payment(ana, 100_000), happened_at: new Date().toISOString() }
  await phone.send(payment)

  expect((await pull(carlo, cursor)).rows).toMatchObject({
    invoices: [{ state: 'paid', balance_minor: 0 }],
    credits: [{ id: ana, credit_minor: 100 }],
    cash: [{ id: carlo.memberId, on_hand_minor: 100_000 }],
    payments: [{ id: payment.id, stage: 'posted', receipt_number: 'R-000001' }],
  })
  expect(ids(await pull(carlo), 'invoices')).toEqual([])
  expect(ids(await pull(dina), 'payments')).toEqual([])
})

test('what was paid and promised at the office comes too, and goes when it is over', async () => {
  const cursor = await catchUp(carlo)
  const { owner } = north
  const [{ today } = { today: '' }] = await owner.read<{ today: string }>('tenant')
  const paymentId = uuid7()
  const promise = { id: uuid7(), subscriber_id: ana, promised_on: addDays(today, 3) }
  await owner.call('record_payment', {
    payment: { id: paymentId, subscriber_id: ana, method: 'cash', amount_minor: 10_000 },
  })
  await owner.call('record_promise', { promise })
  const row = { id: paymentId, subscriber_id: ana, method: 'cash', amount_minor: 10_000 }

  const changed = await pull(carlo, cursor)
  expect(changed.rows['paid']).toMatchObject([{ ...row, stage: 'posted' }])
  expect(changed.rows['promises']).toMatchObject([{ ...promise, state: 'open' }])
  expect((await pull(carlo)).rows).toMatchObject({
    paid: [row],
    promises: [{ ...promise, amount_minor: 89_900 }],
  })
  expect((await pull(dina)).rows).not.toHaveProperty('paid')
  expect((await pull(dina)).rows).not.toHaveProperty('promises')

  const second = await catchUp(carlo, changed.cursor)
  await owner.call('withdraw_promise', { promise_id: promise.id })
  expect((await pull(carlo, second)).rows['promises']).toMatchObject([{ state: 'withdrawn' }])
  expect((await pull(carlo)).rows).not.toHaveProperty('promises')

  // Who broke one is asked another way, for sixty days.
  const broken = async (days: number) => own.sql`
    update collections.promises set state = 'broken', promised_on = ${addDays(today, -days)} where id = ${promise.id}`
  await broken(60)
  expect((await pull(carlo)).rows['promises']).toMatchObject([{ id: promise.id, state: 'broken' }])
  await broken(61)
  expect((await pull(carlo)).rows).not.toHaveProperty('promises')
})

test('a hold, opened or closed, changes the service on the phone', async () => {
  const cursor = await catchUp(carlo)
  const [service] = await north.owner.read('subscriptions', { subscriber_id: ana })
  const hold = await north.owner.call('open_hold', {
    subscription_id: service?.['id'],
    kind: 'manual',
    reason: 'Bad wiring',
  })

  const cut = await pull(carlo, cursor)
  expect(cut.rows['subscriptions']).toMatchObject([{ is_on: false, reasons: ['Bad wiring'] }])
  await north.owner.call('close_hold', { hold_id: hold['id'], reason: 'Repaired' })
  expect((await pull(carlo, cut.cursor)).rows['subscriptions']).toMatchObject([
    { is_on: true, reasons: [] },
  ])
})

test('changed settings come by themselves, whole', async () => {
  const cursor = await catchUp(carlo)
  await north.owner.call('save_tenant', { tenant: { trade_name: 'Norte Fiber' } })

  const changed = await pull(carlo, cursor)
  expect(changed.rows).toEqual({
    settings: [expect.objectContaining({ trade_name: 'Norte Fiber' })],
  })
  await catchUp(carlo, changed.cursor)
})

test('in chunks comes the same as at once', async () => {
  const more = []
  for (let made = 0; made < 24; made += 1) more.push(await north.subscriber({ name: `N${made}` }))
  await north.route(carlo, ...more)

  const whole = await pull(carlo)
  const rows: Pulled['rows'] = {}
  let cursor: unknown = null
  let chunks = 0
  for (let isMore = true; isMore; chunks += 1) {
    const pulled = await pull(carlo, cursor, 10)
    expect(pulled).toMatchObject({ full: true, first: chunks === 0 })
    for (const [kind, arrived] of Object.entries(pulled.rows)) {
      rows[kind] = [...(rows[kind] ?? []), ...arrived]
    }
    cursor = pulled.cursor
    isMore = pulled.more
  }

  expect(rows).toEqual(whole.rows)
  expect(chunks).toBeGreaterThan(3)
  await catchUp(carlo, cursor)
})

test('a change between two chunks is in this pull or in the next', async () => {
  const more = []
  for (let made = 0; made < 12; made += 1) more.push(await north.subscriber({ name: `N${made}` }))
  await north.route(carlo, ...more)

  let pulled = await pull(carlo, null, 10)
  while (pulled.more && pulled.cursor['table'] !== 'invoices') {
    pulled = await pull(carlo, pulled.cursor, 10)
    if (ids(pulled, 'subscribers').length > 0) {
      await north.owner.call('save_subscriber', { subscriber: { id: ana, name: 'Ana the Second' } })
    }
  }
  while (pulled.more) pulled = await pull(carlo, pulled.cursor, 10)

  expect((await pull(carlo, pulled.cursor)).rows['subscribers']).toContainEqual(
    expect.objectContaining({ name: 'Ana the Second' }),
  )
})

test('a route given to another collector comes afresh, for both', async () => {
  const [carloBefore, dinaBefore] = [await pull(carlo), await pull(dina)]
  const [route] = await north.owner.read('routes', { collector_id: carlo.memberId })
  await north.owner.call('save_route', {
    route: { id: route?.['id'], name: route?.['name'], collector_id: dina.memberId },
  })

  const after = await pull(carlo, carloBefore.cursor)
  expect(after).toMatchObject({ full: true, first: true })
  expect(ids(after, 'subscribers')).toEqual([])
  expect(ids(await pull(dina, dinaBefore.cursor), 'subscribers')).toEqual([ana])
})

test('after a restore everything comes afresh', async () => {
  const { cursor } = await pull(carlo)
  await own.sql`update tenancy.tenants set sync_epoch = sync_epoch + 1 where id = ${north.id}`

  expect(await pull(carlo, cursor)).toMatchObject({
    full: true,
    rows: { subscribers: [{ id: ana }] },
  })
})

test('a cursor of somebody else, or a forged one, starts afresh', async () => {
  const { cursor } = await pull(carlo)

  expect(await pull(dina, cursor)).toMatchObject({ full: true })
  expect(ids(await pull(dina, cursor), 'subscribers')).toEqual([])
  expect(await pull(carlo, { ...cursor, until: 'now' })).toMatchObject({ full: true })
  expect(await pull(carlo, 'nonsense')).toMatchObject({ full: true })
  expect(await pull(carlo, { ...cursor, table: 'nothing', id: 'x' })).toMatchObject({ full: false })
})

test('only who collects may pull', async () => {
  const clerk = await north.member('subscribers.read')

  await expect(pull(clerk)).rejects.toMatchObject({ code: 'PT403' })
})

test('what a slow transaction wrote before a faster one is not overtaken', async () => {
  const ben = await north.subscriber({ name: 'Ben' })
  await north.route(carlo, ana, ben)
  const cursor = await catchUp(carlo, (await pull(carlo)).cursor)
  const rename = (sql: Sql, id: string, name: string) =>
    sql`update service.subscribers set name = ${name} where tenant_id = ${north.id} and id = ${id}`

  let finish = () => {}
  const isHeld = new Promise<void>((resolve) => (finish = resolve))
  let hasWritten = () => {}
  const written = new Promise<void>((resolve) => (hasWritten = resolve))
  const slow = own.sql.begin(async (sql) => {
    await rename(sql, ana, 'Slow Ana')
    hasWritten()
    await isHeld
  })
  await written
  await rename(own.sql, ben, 'Fast Ben')

  const between = await pull(carlo, cursor)
  expect(between.rows['subscribers']).toMatchObject([{ name: 'Fast Ben' }])
  finish()
  await slow
  expect((await pull(carlo, between.cursor)).rows['subscribers']).toContainEqual(
    expect.objectContaining({ name: 'Slow Ana' }),
  )
})

test('no row is lost while many write at once and some take their time', async () => {
  const names = new Map<string, string>()
  const subscribers: Array<string> = []
  for (let made = 0; made < 8; made += 1)
    subscribers.push(await north.subscriber({ name: `S${made}` }))
  await north.route(carlo, ...subscribers)
  let isWriting = true

  const write = async (id: string, writer: number) => {
    for (let round = 0; round < 12; round += 1) {
      const name = `W${writer} R${round} ${uuid7()}`
      await own.sql.begin(async (sql) => {
        await sql`update service.subscribers set name = ${name} where tenant_id = ${north.id} and id = ${id}`
        // Held open, so that transactions end in another order than they began.
        await sql`select pg_sleep(${(writer % 3) * 0.03})`
      })
      names.set(id, name)
    }
  }
  const seen = new Map<string, string>()
  const read = async () => {
    let cursor: unknown = null
    for (let isLast = false; !isLast;) {
      isLast = !isWriting
      const pulled = await pull(carlo, cursor)
      cursor = pulled.cursor
      for (const row of pulled.rows['subscribers'] ?? [])
        seen.set(String(row['id']), String(row['name']))
    }
  }

  const reading = read()
  await Promise.all(subscribers.map(write))
  isWriting = false
  await reading

  expect(new Map([...seen].filter(([id]) => names.has(id)))).toEqual(names)
})
