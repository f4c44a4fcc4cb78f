import { expect, test, vi } from 'vitest'
import { collect } from './collect'
import { takeLease } from './lock'
import { push } from './push'
import {
  anInvoice,
  aProfile,
  aServer,
  aSubscriber,
  inMirror,
  type Fault,
  MORNING,
  openPhone,
  phoneWith,
} from './story'
import { startSync, syncOnce } from './sync'
import { myPayments, unsentEntries } from './own-payments'
import { listStops } from './view'
import type { PaymentRow } from './database'
import type { Phone } from './phone'

const ana = aSubscriber()

const take = (phone: Phone, amountMinor: number) =>
  collect(phone, {
    id: phone.newId(),
    subscriberId: ana.id,
    subscriptionId: null,
    amountMinor,
  })

/** A phone with payments nobody else knows of. */
async function phoneHolding(count: number, server = aServer(), profile = aProfile()) {
  const clock = { at: MORNING }
  const phone = await phoneWith({ subscribers: [ana] }, { call: server.call, clock, profile })
  for (let taken = 0; taken < count; taken += 1) {
    clock.at += 60_000
    await take(phone, 1_000 + taken)
  }
  return { phone, server, clock }
}

const amounts = (server: { commands: Array<{ input: Record<string, unknown> }> }) =>
  server.commands.map(({ input }) => input['amount_minor'])

test(
  'what is waiting goes out in order, fifty at a time, exactly as it was written',
  { timeout: 60_000 },
  async () => {
    const { phone, server } = await phoneHolding(59)
    const written = await unsentEntries(phone)

    expect(await push(phone)).toBeNull()
    expect(server.asked).toHaveLength(2)
    expect(server.commands).toEqual(
      written.map(({ state: _s, hash: _h, answer: _a, answered_at: _at, ...command }) => command),
    )
    expect(await unsentEntries(phone)).toEqual([])
  },
)

test.each<{ fault: Fault; because: string }>([
  { fault: 'before', because: 'no signal' },
  { fault: 'after', because: 'the answer is lost' },
  { fault: { kind: 'signed_out' }, because: 'the session ended' },
  { fault: { kind: 'refused', reason: 'membership_ended' }, because: 'the office ended it' },
  { fault: { kind: 'other_person' }, because: 'somebody else signed in' },
])('nothing leaves the queue when $because, and each payment arrives once', async ({ fault }) => {
  const { phone, server } = await phoneHolding(3)
  server.faults = [fault]

  expect(await push(phone)).not.toBeNull()
  expect(await unsentEntries(phone)).toHaveLength(3)
  expect(await push(phone)).toBeNull()
  expect(amounts(server)).toEqual([1_000, 1_001, 1_002])
  expect(await unsentEntries(phone)).toEqual([])
})

test('a storm of retries sends each payment once', { timeout: 60_000 }, async () => {
  const { phone, server } = await phoneHolding(20)
  server.faults = Array.from({ length: 9 }, (_, at) => (at % 2 ? 'before' : 'after'))
  await Promise.all(Array.from({ length: 10 }, () => push(phone)))
  await push(phone)

  expect(server.commands).toHaveLength(20)
  expect(await unsentEntries(phone)).toEqual([])
})

test('an answer about nothing we sent stops the run instead of sending for ever', async () => {
  const { phone } = await phoneHolding(1)
  phone.call = async () => ({ kind: 'ok', body: { results: [{ id: 'x', state: 'applied' }] } })

  expect(await push(phone)).toEqual({ kind: 'unreachable' })
  expect(await unsentEntries(phone)).toHaveLength(1)
})

test('a parked payment is kept with its reason and does not block the next', async () => {
  const { phone, server } = await phoneHolding(3)
  const [, poison] = await unsentEntries(phone)
  server.parks('subscriber_unknown', String(poison?.id))

  await push(phone)
  expect(server.commands).toHaveLength(3)
  expect((await myPayments(phone)).map(({ stage, reason }) => [stage, reason])).toEqual([
    ['received', null],
    ['unidentified', 'subscriber_unknown'],
    ['received', null],
  ])
})

/** An office that says this of every batch the command is in. */
function stumblesOver(id: string | undefined, reason: string, server = aServer()) {
  const call: Phone['call'] = async (path, body) => {
    const { commands = [] } = (body ?? {}) as {
      commands?: Array<{ id: string; set_aside?: string }>
    }
    const stumbles = commands.some((command) => command.id === id && !command.set_aside)
    return stumbles ? { kind: 'refused', reason } : server.call(path, body)
  }
  return { server, call }
}

test.each(['batch_unreadable', 'too_large', 'invalid_input'])(
  'what no server will ever take (%s) is told to the office by itself, and nobody waits behind it',
  async (reason) => {
    const { phone } = await phoneHolding(9)
    const [, , poison] = await unsentEntries(phone)
    const { server, call } = stumblesOver(poison?.id, reason)

    expect(await push({ ...phone, call })).toBeNull()
    expect(amounts(server)).toEqual([...Array(9).keys()].map((at) => 1_000 + at))
    expect(server.commands[2]).toMatchObject({ id: poison?.id, set_aside: reason })
    expect(server.commands.filter((command) => 'set_aside' in command)).toHaveLength(1)
    expect(await unsentEntries(phone)).toEqual([])
  },
)

test('what the office fails at by its own mistake is passed over, and tried again later', async () => {
  const { phone } = await phoneHolding(5)
  const [, poison] = await unsentEntries(phone)
  const { server, call } = stumblesOver(poison?.id, 'batch_failed')

  expect(await push({ ...phone, call })).toEqual({ kind: 'unreachable' })
  expect(amounts(server)).toEqual([1_000, 1_002, 1_003, 1_004])
  expect(await unsentEntries(phone)).toMatchObject([{ id: poison?.id }])
  expect(await push({ ...phone, call: server.call })).toBeNull()
  expect(await unsentEntries(phone)).toEqual([])
})

test('an office that fails at everything is not asked about each', async () => {
  const { phone } = await phoneHolding(20)
  let asked = 0
  const call: Phone['call'] = async () => {
    asked += 1
    return { kind: 'refused', reason: 'batch_failed' }
  }

  expect(await push({ ...phone, call })).toEqual({ kind: 'unreachable' })
  expect(asked).toBe(4)
  expect(await unsentEntries(phone)).toHaveLength(20)
})

test('a parked payment counts until the office has settled it', async () => {
  const { phone, server } = await phoneHolding(1)
  const [entry] = await unsentEntries(phone)
  const id = String(entry?.id)
  server.parks('subscriber_unknown', id)
  const posted: PaymentRow = {
    id,
    subscriber_id: null,
    receipt_number: 'R-000001',
    method: 'cash',
    amount_minor: 1_000,
    received_at: new Date(MORNING).toISOString(),
    recorded_at: new Date(MORNING).toISOString(),
    stage: 'unidentified',
  }
  server.rows = { payments: [posted] }
  const sync = startSync(phone)

  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsent: 0, parked: 1 }))
  await vi.waitFor(async () =>
    expect(await myPayments(phone)).toMatchObject([
      { stage: 'unidentified', reason: 'subscriber_unknown' },
    ]),
  )
  server.rows = { payments: [{ ...posted, subscriber_id: ana.id, stage: 'posted' }] }
  await sync.now()
  await sync.now()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ parked: 0 }))
  expect(await myPayments(phone)).toMatchObject([{ stage: 'posted', reason: null }])
  sync.stop()
})

test('a balance stays right while the payment travels', async () => {
  const server = aServer()
  const invoice = anInvoice(ana)
  const phone = await phoneWith({ subscribers: [ana], invoices: [invoice] }, { call: server.call })
  const owed = async () => (await listStops(phone))[0]?.owedMinor
  const { payment_id } = await take(phone, 40_000)
  expect(await owed()).toBe(60_000)

  await push(phone)
  expect(await owed()).toBe(60_000)

  const posted: PaymentRow = {
    id: payment_id,
    subscriber_id: ana.id,
    receipt_number: 'R-000001',
    method: 'cash',
    amount_minor: 40_000,
    received_at: new Date(MORNING).toISOString(),
    recorded_at: new Date(MORNING).toISOString(),
    stage: 'posted',
  }
  server.rows = {
    subscribers: [ana],
    invoices: [{ ...invoice, balance_minor: 60_000 }],
    payments: [posted],
  }
  expect(await syncOnce(phone)).toBeNull()
  expect(await owed()).toBe(60_000)
  expect(await myPayments(phone)).toMatchObject([{ stage: 'posted' }])
})

test('a pull in chunks becomes the mirror in one step, and goes on after a cut', async () => {
  const ben = aSubscriber({ name: 'Ben', position: 2 })
  const phone = await phoneWith({ subscribers: [ana] })
  const cursors: Array<unknown> = []
  const chunks = [
    { cursor: 'half', first: true, more: true, rows: { subscribers: [ben] } },
    null,
    { cursor: 'whole', first: false, more: false, rows: { invoices: [anInvoice(ben)] } },
  ]
  phone.call = async (path, body) => {
    if (path !== '/api/sync/pull') return { kind: 'ok', body: { blocks: [] } }
    cursors.push((body as { cursor: unknown }).cursor)
    const chunk = chunks.shift()
    if (!chunk) return { kind: 'unreachable' }
    return { kind: 'ok', body: { full: true, server_at: '2026-11-10T00:00:00Z', ...chunk } }
  }

  expect(await syncOnce(phone)).toEqual({ kind: 'unreachable' })
  expect(await listStops(phone)).toMatchObject([{ name: 'Ana Reyes' }])
  expect(await syncOnce(phone)).toBeNull()
  expect(await listStops(phone)).toMatchObject([{ name: 'Ben', owedMinor: 100_000 }])
  expect(cursors).toEqual([null, 'half', 'half'])
  expect(await phone.db.arrivals.count()).toBe(0)
})

test('a full pull wipes the mirror and leaves the outbox, receipts and numbers alone', async () => {
  const { phone, server } = await phoneHolding(2)
  server.rows = { subscribers: [] }
  await syncOnce(phone)
  await take(await withSubscriber(phone), 5_000)

  await syncOnce(phone)
  expect(await listStops(phone)).toEqual([])
  expect(await phone.db.outbox.count()).toBe(3)
  expect(await phone.db.receipts.count()).toBe(3)
})

test('a phone with nothing to send is heard of now and then', async () => {
  const { phone, server, clock } = await phoneHolding(0)
  const pushes = () => server.asked.filter((path) => path === '/api/sync/push').length

  await syncOnce(phone)
  await syncOnce(phone)
  expect(pushes()).toBe(1)
  clock.at += 11 * 60_000
  await syncOnce(phone)
  expect(pushes()).toBe(2)
})

test('a server that forgot the phone meets it again', async () => {
  const { phone, server } = await phoneHolding(1)
  await syncOnce(phone)
  server.faults = [{ kind: 'refused', reason: 'device_unknown' }]
  await take(await withSubscriber(phone), 5_000)

  expect(await syncOnce(phone)).toEqual({ kind: 'unreachable' })
  expect(await syncOnce(phone)).toBeNull()
  expect(server.asked.filter((path) => path === '/api/device')).toHaveLength(2)
  expect(server.commands).toHaveLength(2)
})

test('the server’s clock corrects the phone’s', async () => {
  const server = aServer()
  const phone = await phoneWith({}, { call: server.call, clock: { at: MORNING - 86_400_000 } })
  await syncOnce(phone)

  expect(phone.now().toISOString()).toBe('2026-11-10T00:00:00.000Z')
})

test('the same person later goes on with the queue; another person has an own one', async () => {
  const carlo = aProfile()
  const { phone } = await phoneHolding(2, aServer(), carlo)
  phone.db.close()

  const dina = openPhone({ profile: aProfile({ tenant_id: carlo.tenant_id }) })
  expect(await unsentEntries(dina)).toEqual([])
  const server = aServer()
  const back = openPhone({ profile: carlo, call: server.call })
  await push(back)
  expect(server.commands).toHaveLength(2)
})

test('where windows have no locks, a lease lets one sync, and runs out by itself', async () => {
  const profile = aProfile()
  const clock = { at: MORNING }
  const [one, two] = [openPhone({ profile, clock }), openPhone({ profile, clock })]

  expect(await takeLease(one, 'one')).toBe(true)
  expect(await takeLease(two, 'two')).toBe(false)
  expect(await takeLease(one, 'one')).toBe(true)
  clock.at += 61_000
  expect(await takeLease(two, 'two')).toBe(true)
})

test('the running sync sends each deed by itself and says where it stands', async () => {
  const server = aServer({ subscribers: [ana] })
  const phone = await phoneWith({ subscribers: [ana] }, { call: server.call })
  const sync = startSync(phone)
  const states = new Set<string>()
  sync.subscribe(() => states.add(sync.status().state))
  await sync.now()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ state: 'idle', hasMirror: true }))

  await take(phone, 1_000)
  await vi.waitFor(() => expect(server.commands).toHaveLength(1))
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsent: 0, state: 'idle' }))
  expect(states).toContain('sending')

  server.faults = [{ kind: 'refused', reason: 'membership_ended' }]
  expect(await sync.now()).toMatchObject({ state: 'refused', refusedReason: 'membership_ended' })
  server.faults = [{ kind: 'signed_out' }]
  expect(await sync.now()).toMatchObject({ state: 'signed_out' })
  expect(await sync.now()).toMatchObject({ state: 'idle' })
  sync.stop()
})

test('a line that comes back while a run fails for want of it is not missed, and nothing is said before it is known', async () => {
  const [seen, page] = [new EventTarget(), { visibilityState: 'visible' }]
  vi.stubGlobal('window', seen)
  vi.stubGlobal('document', Object.assign(new EventTarget(), page))
  const { phone, server } = await phoneHolding(1)
  let fail: () => void = () => {}
  const call = phone.call
  phone.call = () =>
    new Promise((answer) => {
      fail = () => {
        phone.call = call
        answer({ kind: 'unreachable' })
      }
    })
  const sync = startSync(phone)
  expect(sync.status()).toMatchObject({ unsent: 0, isCounted: false })
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsent: 1, isCounted: true }))
  seen.dispatchEvent(new Event('online'))
  fail()
  await vi.waitFor(() => expect(server.commands).toHaveLength(1))
  sync.stop()
  vi.unstubAllGlobals()
})

async function withSubscriber(phone: Phone) {
  await inMirror(phone, { subscribers: [ana] })
  return phone
}
