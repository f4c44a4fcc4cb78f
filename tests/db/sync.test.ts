// What phones send: never lost, never doubled, never in the way of what comes behind.

import { beforeEach, expect, test } from 'vitest'
import { actor, ownDatabase, setClock, sql, transaction } from './database.ts'
import { bill, billedSubscriber, NOON, phoneOf, type Phone } from './field.ts'
import { uuid7 } from './ids.ts'
import { expectSound, noon } from './money.ts'
import { claimsOf, type Person, signUpTenant, type Tenant } from './story.ts'

let north: Tenant
let carlo: Person
let ana: string
let phone: Phone

beforeEach(async () => {
  await setClock('2026-10-15T04:00:00Z')
  north = await signUpTenant('North Fiber')
  carlo = await north.collector()
  ana = await billedSubscriber(north, carlo)
  await setClock(NOON)
  await bill(north)
  phone = await phoneOf(carlo)
})

const balanceOf = async (code: string) => {
  const [row] = await sql<Array<{ amount: string }>>`
    select coalesce(sum(e.amount_minor), 0) as amount
    from ledger.entries as e join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where e.tenant_id = ${north.id} and a.code = ${code}
  `
  return Number(row?.amount)
}

const count = async (table: string) => {
  const [row] = await sql.unsafe<Array<{ rows: number }>>(
    `select count(*)::int as rows from ${table} where tenant_id = '${north.id}'`,
  )
  return row?.rows
}

test('field cash pays the oldest invoice and lies with the collector', async () => {
  const answer = await phone.send(phone.payment(ana, 100_000))

  expect(answer).toMatchObject({
    state: 'applied',
    reason: null,
    result: {
      receipt_number: 'R-000001',
      stage: 'posted',
      applies: [{ amount_minor: 99_900, settles: true }],
      credit_minor: 100,
    },
  })
  expect(answer.result).not.toHaveProperty('off_route')
  expect(await balanceOf('collector_cash')).toBe(100_000)
  expect(await balanceOf('subscriber_receivable')).toBe(0)
  expect(await balanceOf('subscriber_credit')).toBe(-100)
})

test('sent again, the same command answers the same and does nothing', async () => {
  const payment = phone.payment(ana, 50_000)
  const first = await phone.send(payment)

  for (let retry = 0; retry < 3; retry += 1) {
    expect(await phone.send(payment)).toEqual({ ...first, state: 'duplicate' })
  }
  expect(await phone.push(payment, payment)).toMatchObject([
    { state: 'duplicate' },
    { state: 'duplicate' },
  ])
  expect(await count('collections.payments')).toBe(1)
  expect(await balanceOf('collector_cash')).toBe(50_000)
  expect(await count('sync.alarms')).toBe(0)
})

test('the same id with other content changes nothing and raises an alarm, once', async () => {
  const payment = phone.payment(ana, 50_000)
  await phone.send(payment)
  const forged = { ...payment, input: { ...payment.input, amount_minor: 1 } }

  expect(await phone.send(forged)).toMatchObject({ state: 'parked', reason: 'other_content' })
  await phone.send(forged)

  expect(await balanceOf('collector_cash')).toBe(50_000)
  expect(await north.owner.read('alarms')).toMatchObject([
    { kind: 'other_content', command_id: payment.id, input: { input: { amount_minor: 1 } } },
  ])
  expect(await phone.send(payment)).toMatchObject({ state: 'duplicate' })
})

test('what a phone set aside is an alarm with all that can be read of it, once, and never done besides', async () => {
  const payment = phone.payment(ana, 20_000)
  const word = { ...payment, set_aside: 'batch_unreadable' }
  const parked = { state: 'parked', reason: 'unreadable' }

  expect(await phone.push(word)).toMatchObject([parked])
  expect(await phone.push(word)).toMatchObject([parked])
  expect(await phone.push(payment)).toMatchObject([parked])
  const alarms = await north.owner.read('alarms')
  expect(alarms.filter(({ input }) => 'set_aside' in (input as object))).toMatchObject([
    { kind: 'unreadable', command_id: payment.id, input: { input: { amount_minor: 20_000 } } },
  ])
  expect(await balanceOf('collector_cash')).toBe(0)

  const [alarm] = alarms
  await north.owner.call('settle_alarm', {
    alarm_id: alarm?.['id'],
    note: 'Looked at the phone',
    subscriber_id: ana,
  })
  expect(await balanceOf('collector_cash')).toBe(20_000)
})

test('what came after all is not set aside besides', async () => {
  const payment = phone.payment(ana, 20_000)
  await phone.push(payment)
  expect(await phone.push({ ...payment, set_aside: 'batch_failed' })).toMatchObject([
    { state: 'duplicate' },
  ])
  expect(await north.owner.read('alarms')).toEqual([])
})

test('a poisoned command in the middle is parked and does not stop the ones behind it', async () => {
  const [first, last] = [phone.payment(ana, 10_000), phone.payment(ana, 30_000)]
  const poison = phone.payment(ana, 20_000, { subscriber_id: 'not-an-id' })

  expect(await phone.push(first, poison, last)).toMatchObject([
    { state: 'applied' },
    { state: 'parked', reason: 'invalid_input', result: { stage: 'unidentified' } },
    { state: 'applied' },
  ])
  expect(await balanceOf('collector_cash')).toBe(60_000)
  expect(await balanceOf('unidentified_receipts')).toBe(-20_000)
})

test.each([
  ['subscriber_unknown', { subscriber_id: '0192d3c4-0000-7000-8000-000000000001' }],
  ['subscriber_missing', { subscriber_id: null }],
  ['subscription_unknown', { subscription_id: '0192d3c4-0000-7000-8000-000000000001' }],
  ['invalid_input', { subscription_id: 'nonsense' }],
])('cash that breaks a rule (%s) is kept as unidentified, with its number', async (_, broken) => {
  const payment = phone.payment(ana, 150_000, broken)
  const answer = await phone.send(payment)

  expect(answer).toMatchObject({
    state: 'parked',
    result: { stage: 'unidentified', receipt_number: 'R-000001' },
  })
  expect(await phone.send(payment)).toEqual(answer)
  expect(await balanceOf('collector_cash')).toBe(150_000)
  expect(await balanceOf('unidentified_receipts')).toBe(-150_000)
  expect(await north.owner.read('parked_commands')).toMatchObject([
    {
      id: payment.id,
      amount_minor: 150_000,
      receipt_number: 'R-000001',
      member_name: 'Carlo Collector',
      payment_stage: 'unidentified',
      settled_at: null,
    },
  ])
})

test.each([[-5], ['much'], [0], [null], [10 ** 11], [1.5]])(
  'an amount of %s is parked without touching the books',
  async (amount) => {
    expect(await phone.send(phone.payment(ana, amount))).toMatchObject({
      state: 'parked',
      result: {},
    })
    expect(await count('collections.payments')).toBe(0)
    expect(await balanceOf('collector_cash')).toBe(0)
  },
)

test('a number that was not lent to this phone, or was used, never gives two receipts', async () => {
  const used = phone.payment(ana, 10_000)
  await phone.send(used)
  const again = phone.payment(ana, 20_000, {
    serial: used.input['serial'],
    number: used.input['number'],
  })
  const foreign = phone.payment(ana, 30_000, { serial: 9_999, number: 'R-009999' })

  expect(await phone.send(again)).toMatchObject({ state: 'parked', reason: 'receipt_used' })
  expect(await phone.send(foreign)).toMatchObject({ state: 'parked', reason: 'receipt_not_lent' })
  expect(await count('collections.receipts')).toBe(1)
  expect(await balanceOf('collector_cash')).toBe(60_000)
  expect(
    await sql`select manual_serial from collections.payments where id = ${foreign.id}`,
  ).toEqual([{ manual_serial: 'R-009999' }])
})

test('cash from a subscriber of another route is booked, and said to be off the route', async () => {
  const ben = await north.subscriber({ name: 'Ben Cruz' })

  expect(await phone.send(phone.payment(ben, 5_000))).toMatchObject({
    state: 'applied',
    result: { off_route: true, credit_minor: 5_000 },
  })
})

test('cash never lands in another ISP', async () => {
  const south = await signUpTenant('South Fiber')
  const zoe = await south.subscriber({ name: 'Zoe' })

  expect(await phone.send(phone.payment(zoe, 5_000))).toMatchObject({
    state: 'parked',
    reason: 'subscriber_unknown',
  })
  expect(await south.owner.read('payments')).toEqual([])
  expect(await south.owner.read('parked_commands')).toEqual([])
})

test('the office says whose parked cash was, and it pays what that subscriber owes', async () => {
  const payment = phone.payment(null, 150_000)
  await phone.send(payment)
  const settle = { command_id: payment.id, subscriber_id: ana, note: 'Carlo remembers' }

  await expect(
    north.owner.call('settle_parked', { ...settle, subscriber_id: null }),
  ).rejects.toMatchObject({ code: 'PT422' })
  await expect(carlo.call('settle_parked', settle)).rejects.toMatchObject({ code: 'PT403' })
  expect(await north.owner.call('settle_parked', settle)).toMatchObject({
    stage: 'posted',
    receipt_number: 'R-000001',
    applies: [{ amount_minor: 99_900, settles: true }],
    credit_minor: 50_100,
  })

  expect(await balanceOf('unidentified_receipts')).toBe(0)
  expect(await balanceOf('collector_cash')).toBe(150_000)
  expect(await balanceOf('subscriber_receivable')).toBe(0)
  expect(await balanceOf('subscriber_credit')).toBe(-50_100)
  expect(await north.owner.read('parked_commands')).toMatchObject([
    {
      payment_stage: 'posted',
      settled_note: 'Carlo remembers',
      settled_by_name: 'North Fiber Owner',
    },
  ])
  await expect(north.owner.call('settle_parked', settle)).rejects.toMatchObject({
    code: 'PT409',
    detail: 'already_settled',
  })
  await expect(
    transaction(
      (sql) => sql`update collections.payments set subscriber_id = null where id = ${payment.id}`,
    ),
  ).rejects.toMatchObject({ detail: 'append_only' })
})

test('time for cash that got its name late begins when it gets it', async () => {
  const plan = await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 90_000 })
  const ben = await north.subscriber({ name: 'Ben Cruz' })
  const service = await north.service(ben, plan, '2026-11-01')
  const payment = phone.payment(uuid7(), 90_000, { subscription_id: service })
  await phone.send(payment)

  await setClock(noon('2026-12-20'))
  await north.owner.call('settle_parked', { command_id: payment.id, subscriber_id: ben })
  const [bought] = await north.owner.read('subscriptions', { id: service })
  expect(new Date(String(bought?.['paid_until']))).toEqual(new Date(noon('2027-01-19')))
  await expectSound(north)
})

test('cash parked because it would buy too much time becomes credit', async () => {
  const plan = await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 1_000 })
  const ben = await north.subscriber({ name: 'Ben Cruz' })
  const service = await north.service(ben, plan, '2026-11-01')
  const payment = phone.payment(ben, 90_000_000, { subscription_id: service })
  expect(await phone.send(payment)).toMatchObject({ state: 'parked', reason: 'too_far_ahead' })

  expect(
    await north.owner.call('settle_parked', { command_id: payment.id, subscriber_id: ben }),
  ).toMatchObject({ prepaid: null, credit_minor: 90_000_000 })
  await expectSound(north)
})

test('a visit and a promise are kept, and a contact is corrected on the own route only', async () => {
  const ben = await north.subscriber({ name: 'Ben Cruz' })

  expect(
    await phone.push(
      phone.command('record_visit', { subscriber_id: ana, outcome: 'not_home', note: 'Dog' }),
      phone.command('record_promise', {
        subscriber_id: ana,
        promised_on: '2026-11-15',
        amount_minor: 99_900,
      }),
      phone.command('fix_subscriber_contact', {
        subscriber_id: ana,
        phone: '0918 111 2222',
        latitude: 8.4771,
        longitude: 124.6472,
      }),
      phone.command('fix_subscriber_contact', { subscriber_id: ben, phone: '0918' }),
      phone.command('record_visit', { subscriber_id: ana, outcome: 'vanished' }),
      phone.command('burn_the_office', {}),
    ),
  ).toMatchObject([
    { state: 'applied' },
    { state: 'applied' },
    { state: 'applied' },
    { state: 'parked', reason: 'not_on_route' },
    { state: 'parked', reason: 'invalid_input' },
    { state: 'parked', reason: 'unknown_command' },
  ])
  expect(await count('collections.visits')).toBe(1)
  expect(await count('collections.promises')).toBe(1)
  expect(
    await sql`select phone, latitude, longitude, location_source from service.subscribers where id = ${ana}`,
  ).toEqual([
    { phone: '0918 111 2222', latitude: 8.4771, longitude: 124.6472, location_source: 'gps' },
  ])
})

test('what only needs to be read is settled without a subscriber', async () => {
  const visit = phone.command('record_visit', { subscriber_id: ana, outcome: 'vanished' })
  await phone.send(visit)

  await north.owner.call('settle_parked', { command_id: visit.id, note: 'Seen' })
  expect(await north.owner.read('parked_commands', { id: visit.id })).toMatchObject([
    { settled_by: north.owner.memberId },
  ])
})

test('a clock that runs ahead or back is noted, and the cash is booked', async () => {
  const ahead = phone.payment(ana, 1_000)
  const back = phone.payment(ana, 2_000)
  expect(
    await phone.push(
      { ...ahead, happened_at: '2027-01-01T00:00:00Z' },
      { ...back, happened_at: '2026-11-09T00:00:00Z' },
    ),
  ).toMatchObject([{ state: 'applied' }, { state: 'applied' }])

  const received = await sql<Array<{ at: string }>>`
    select to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from collections.payments where tenant_id = ${north.id} order by amount_minor
  `
  expect(received.map(({ at }) => at)).toEqual([NOON, '2026-11-09T00:00:00Z'])
  expect((await north.owner.read('alarms')).map(({ kind }) => kind).sort()).toEqual([
    'clock_ahead',
    'clock_back',
  ])
})

test('a gap in the numbers of a phone, or one used twice, is noted and stops nothing', async () => {
  const lost = phone.payment(ana, 1_000)
  const next = phone.payment(ana, 2_000)
  const twice = { ...phone.payment(ana, 3_000), device_seq: next.device_seq }

  expect(await phone.push(next, twice, lost)).toMatchObject([
    { state: 'applied' },
    { state: 'applied' },
    { state: 'applied' },
  ])
  expect((await north.owner.read('alarms')).map(({ kind }) => kind).sort()).toEqual([
    'sequence_gap',
    'sequence_reused',
  ])
})

test('what cannot even be read is kept apart and does not stop the rest', async () => {
  const good = phone.payment(ana, 1_000)

  expect(
    await phone.push({ id: 'x' }, { ...phone.payment(ana, 5), happened_at: 'soon' }, 7, good),
  ).toMatchObject([
    { state: 'parked', reason: 'unreadable' },
    { state: 'parked', reason: 'unreadable' },
    { state: 'parked', reason: 'unreadable' },
    { state: 'applied' },
  ])
  expect(await north.owner.read('alarms', { kind: 'unreadable' })).toHaveLength(3)
})

test('a version nobody can count to does not stop the batch', async () => {
  const strange = { ...phone.payment(ana, 1_000), schema_version: 99_999_999_999 }
  expect(await phone.push(strange, phone.payment(ana, 2_000))).toMatchObject([
    { state: 'applied' },
    { state: 'applied' },
  ])
})

test('a batch has at most fifty commands', async () => {
  const many = Array.from({ length: 51 }, () => phone.payment(ana, 100))

  await expect(phone.push(...many)).rejects.toMatchObject({ code: 'PT400' })
  expect(await phone.push(...many.slice(0, 50))).toHaveLength(50)
})

test('a revoked collector is refused, and sends the same queue when let in again', async () => {
  const payment = phone.payment(ana, 50_000)
  await north.owner.call('revoke_member', { member_id: carlo.memberId, reason: 'left' })
  await expect(phone.send(payment)).rejects.toMatchObject({ code: 'PT403', detail: 'not_a_member' })

  await north.owner.call('reinstate_member', { member_id: carlo.memberId })
  const back = actor(await claimsOf(carlo.userId))
  expect(
    await back.call('sync_push', {
      batch: { device_id: phone.id, unsent_count: 0, commands: [payment] },
    }),
  ).toMatchObject({ results: [{ state: 'applied' }] })
})

test('somebody else cannot send for this phone', async () => {
  const dina = await north.collector('Dina')

  await expect(
    dina.call('sync_push', {
      batch: { device_id: phone.id, unsent_count: 0, commands: [phone.payment(ana, 1)] },
    }),
  ).rejects.toMatchObject({ code: 'PT403', detail: 'device_of_another' })
})

test('the office sees when a phone was heard of and how much it still holds', async () => {
  await carlo.call('sync_push', { batch: { device_id: phone.id, unsent_count: 7, commands: [] } })

  expect(await north.owner.read('devices')).toMatchObject([{ unsent_count: 7 }])
})

test('what a phone did is in the audit log as done by the phone', async () => {
  const payment = phone.payment(ana, 50_000)
  await phone.send(payment)

  expect(await north.owner.read('audit_entries', { row_id: payment.id })).toMatchObject([
    { source: 'phone', actor_id: carlo.memberId },
    { source: 'phone', actor_id: carlo.memberId },
  ])
})

test('eight phones that each retry ten times at once post each payment once', async () => {
  const own = await ownDatabase()
  const isp = await signUpTenant('Storm Fiber', own)
  const subscriber = await isp.subscriber()
  const phones = await Promise.all(
    Array.from({ length: 8 }, async (_, at) => phoneOf(await isp.collector(`Collector ${at}`))),
  )

  const answers = await Promise.all(
    phones.flatMap((each) => {
      const happened_at = new Date().toISOString()
      const batch = [1, 2, 3].map((amount) => ({
        ...each.payment(subscriber, amount * 1_000),
        happened_at,
      }))
      return Array.from({ length: 10 }, () => each.push(...batch))
    }),
  )

  expect(answers.flat().filter(({ state }) => state === 'applied')).toHaveLength(24)
  expect(answers.flat().filter(({ state }) => state === 'duplicate')).toHaveLength(216)
  const [sums] = await own.sql`
    select count(*)::int as payments, sum(amount_minor)::int as amount,
      (select count(distinct serial)::int from collections.receipts where tenant_id = ${isp.id}) as receipts
    from collections.payments where tenant_id = ${isp.id}
  `
  expect(sums).toEqual({ payments: 24, amount: 48_000, receipts: 24 })
})

test('two phones that visit the same doors in opposite order both get through', async () => {
  const own = await ownDatabase()
  const isp = await signUpTenant('North Fiber', own)
  const doors: Array<string> = []
  for (let door = 0; door < 12; door += 1) doors.push(await isp.subscriber())
  const up = await phoneOf(await isp.collector('Carlo'))
  const down = await phoneOf(await isp.collector('Dina'))
  const happened_at = new Date(Date.now() - 60_000).toISOString()
  const walk = (each: Phone, order: Array<string>) =>
    each.push(...order.map((door) => ({ ...each.payment(door, 1_000), happened_at })))

  const answers = await Promise.all([walk(up, doors), walk(down, doors.toReversed())])
  expect(answers.flat().filter(({ state }) => state !== 'applied')).toEqual([])
})
