// Dunning: the rule over its table of cases, and what the calendar does to people who owe.

import { beforeEach, expect, test } from 'vitest'
import cases from '../cases/dunning.json' with { type: 'json' }
import { ownDatabase, setClock, sql } from './database.ts'
import { phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Stage, type Tenant } from './story.ts'

const PRICE = 99_900

/** Due on a Friday; Fridays to Sundays nobody is cut. */
const BASE = {
  due_on: '2026-12-11',
  open_minor: PRICE,
  grace_days: 0,
  promised_on: null,
  warned_on: null,
  is_cut: false,
  has_service: true,
  is_unsynced: false,
  at_time: '10:00',
  reminder_days: 3,
  warning_days: 5,
  suspend_days: 15,
  uncollectible_days: 90,
  threshold_minor: 20_000,
  no_cut_weekdays: [5, 6, 7],
  no_cut_days: [],
  cut_from: '08:00',
  cut_until: '15:00',
}

test.each(cases)('$because', async ({ because, facts, ...expected }) => {
  const [verdict] = await sql`
    select v.stage, v.may_cut, v.keeps_cut, v.waits_for, v.next_stage, v.next_on::text
    from billing.dunning_verdict(jsonb_populate_record(null::billing.dunning_facts, ${JSON.stringify({ ...BASE, ...facts })}::text::jsonb)) as v
  `
  expect([because, verdict]).toEqual([because, expected])
})

let north: Tenant
let ana: string
let service: string

beforeEach(async () => {
  await setClock(noon('2026-11-05'))
  north = await signUpTenant('North Fiber')
  ana = await north.subscriber({ name: 'Ana Reyes' })
  service = await north.service(ana, await north.plan({ price_minor: PRICE }), '2026-11-05')
})

/** Bills December, due on the 11th; the warning comes on the 16th, the cut on Monday the 28th. */
async function billDecember() {
  await bill(north, '2026-12-01')
}

async function calendar(settings: Record<string, unknown>) {
  await north.owner.call('save_dunning_settings', { settings })
}

/** What the schedule does at ten in the morning of a day, or at another hour. */
async function dun(day: string, time = '10:00') {
  await setClock(`${day}T${time}:00+08:00`)
  await sql`select access.act_for(${north.id})`
  try {
    for (let turn = 0; turn < 9; turn += 1) {
      const [row] = await sql<Array<{ answer: string }>>`select billing.advance_dunning() as answer`
      if (row?.answer === 'idle') break
    }
  } finally {
    await sql`select access.act_for(null)`
  }
}

/** The stages of Ana's invoices, in their order. */
async function stages() {
  const rows = await sql<Array<{ stage: string; day: string }>>`
    select stage, reached_on::text as day from billing.dunning_stages where tenant_id = ${north.id} order by id
  `
  return rows.map(({ stage, day }) => `${stage} ${day}`)
}

async function isOn() {
  const [row] = await north.owner.read('service_status', { id: service })
  return row?.['is_on']
}

async function holds() {
  return sql<
    Array<{ kind: string; rule: string | null; closed_reason: string | null; open: boolean }>
  >`
    select kind, rule, closed_reason, closed_at is null as open from service.holds where tenant_id = ${north.id} order by id
  `
}

async function promise(day: string, amount?: number, id = uuid7()) {
  return north.owner.call('record_promise', {
    promise: { id, subscriber_id: ana, promised_on: day, amount_minor: amount ?? null },
  })
}

async function promises() {
  const rows = await north.owner.read('promises', { subscriber_id: ana })
  return rows.map(({ state }) => state)
}

test('each stage is recorded once, on its day, and the cut falls on the first day that allows it', async () => {
  await billDecember()
  for (const day of ['07', '08', '09', '11', '12', '15', '16', '17', '26', '27', '28', '29'])
    await dun(`2026-12-${day}`)

  expect(await stages()).toEqual([
    'reminded 2026-12-08',
    'due 2026-12-12',
    'warned 2026-12-16',
    'suspended 2026-12-28',
  ])
  expect(await isOn()).toBe(false)
  expect(await holds()).toEqual([
    { kind: 'nonpayment', rule: 'dunning', closed_reason: null, open: true },
  ])
  await dun('2027-03-11')
  expect((await stages()).at(-1)).toBe('uncollectible 2027-03-11')
  await expectSound(north)
})

test('a round done twice, or again within minutes, changes nothing', async () => {
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-28')
  const before = await sql`select * from billing.dunning_stages`
  await dun('2026-12-28', '10:05')
  await dun('2026-12-28', '10:20')

  expect(await sql`select * from billing.dunning_stages`).toEqual(before)
  expect(await holds()).toHaveLength(1)
})

test('after a long downtime it is warned first and cut the next day, and nothing in between is made up', async () => {
  await billDecember()
  await dun('2027-01-05')
  expect(await stages()).toEqual(['warned 2027-01-05'])
  expect(await isOn()).toBe(true)
  await dun('2027-01-06')
  expect(await stages()).toEqual(['warned 2027-01-05', 'suspended 2027-01-06'])
  expect(await isOn()).toBe(false)
  await expectSound(north)
})

test('nobody is cut at night: the day is looked through again when the hours begin', async () => {
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-28', '00:03')
  expect(await isOn()).toBe(true)
  await dun('2026-12-28', '08:01')
  expect(await isOn()).toBe(false)
})

test('payment switches on again in the same transaction; part of it only below the threshold', async () => {
  await calendar({ suspend_threshold_minor: 20_000 })
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-28')

  await pay(north.owner, { subscriber_id: ana, amount_minor: 50_000 })
  expect(await isOn()).toBe(false)
  await pay(north.owner, { subscriber_id: ana, amount_minor: 40_000 })
  expect(await isOn()).toBe(true)
  expect(await holds()).toMatchObject([{ open: false, closed_reason: 'Paid' }])
  await dun('2026-12-29')
  expect(await isOn()).toBe(true)
  await expectSound(north)
})

test('a younger invoice that is past due does not keep off what an older one cut', async () => {
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-28')
  await bill(north, '2027-01-01', '2027-01-13')
  await pay(north.owner, { subscriber_id: ana, amount_minor: PRICE })
  expect(await isOn()).toBe(true)
})

test('manual holds and the calendar never touch one another', async () => {
  await billDecember()
  const { id } = await north.owner.call<{ id: string }>('open_hold', {
    subscription_id: service,
    kind: 'manual',
    reason: 'asked for it',
  })
  await dun('2026-12-16')
  await dun('2026-12-28')
  expect(await holds()).toMatchObject([
    { kind: 'manual', open: true },
    { kind: 'nonpayment', open: true },
  ])
  const [cut] = await north.owner.read('holds', { kind: 'nonpayment' })
  await expect(
    north.owner.call('close_hold', { hold_id: cut?.['id'], reason: 'please' }),
  ).rejects.toMatchObject({ detail: 'hold_not_open' })

  await pay(north.owner, { subscriber_id: ana, amount_minor: PRICE })
  expect(await holds()).toMatchObject([
    { kind: 'manual', open: true },
    { kind: 'nonpayment', open: false },
  ])
  await north.owner.call('close_hold', { hold_id: id, reason: 'back' })
  expect(await isOn()).toBe(true)
})

test('a promise holds the cut back, and is broken when its day passes unpaid', async () => {
  await billDecember()
  await dun('2026-12-16')
  await setClock(noon('2026-12-24'))
  await promise('2026-12-29')
  await dun('2026-12-28')
  await dun('2026-12-29')
  expect(await isOn()).toBe(true)
  expect(await promises()).toEqual(['open'])
  await dun('2026-12-30')
  expect(await promises()).toEqual(['broken'])
  expect(await isOn()).toBe(false)
  await expectSound(north)
})

test('a promise is kept by the payment itself, also by two', async () => {
  await billDecember()
  await setClock(noon('2026-12-20'))
  await promise('2026-12-24', 60_000)
  await setClock(noon('2026-12-21'))
  await pay(north.owner, { subscriber_id: ana, amount_minor: 30_000 })
  expect(await promises()).toEqual(['open'])
  await pay(north.owner, { subscriber_id: ana, amount_minor: 30_000 })
  expect(await promises()).toEqual(['kept'])
  await expectSound(north)
})

test('cash of a phone that was in time mends a promise that was broken meanwhile', async () => {
  const carlo = await north.collector()
  await north.route(carlo, ana)
  await billDecember()
  const phone = await phoneOf(carlo)
  await setClock(noon('2026-12-20'))
  await promise('2026-12-22')
  await dun('2026-12-23')
  expect(await promises()).toEqual(['broken'])
  await phone.push({ ...phone.payment(ana, PRICE), happened_at: '2026-12-22T09:00:00Z' })
  expect(await promises()).toEqual(['kept'])
})

test('a promise given while cut switches on again until its day is over', async () => {
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-28')
  expect(await isOn()).toBe(false)
  await promise('2026-12-29')
  expect(await isOn()).toBe(true)
  expect(await holds()).toMatchObject([{ closed_reason: 'Promised to pay by 29 Dec 2026' }])
  await dun('2026-12-30')
  expect(await isOn()).toBe(false)
  expect((await stages()).filter((stage) => stage.startsWith('suspended'))).toHaveLength(1)
  await expectSound(north)
})

test('promises have a limit in days and in number, and a repeat is the same promise', async () => {
  await billDecember()
  await setClock(noon('2026-12-20'))
  await expect(promise('2026-12-28')).rejects.toMatchObject({ detail: 'promise_too_far' })
  await expect(promise('2026-12-19')).rejects.toMatchObject({ detail: 'promise_in_past' })
  await expect(promise('2026-13-45')).rejects.toMatchObject({ detail: 'invalid_promise' })

  const id = uuid7()
  const answer = await promise('2026-12-21', undefined, id)
  expect(answer).toMatchObject({ state: 'open', amount_minor: PRICE })
  expect(await promise('2026-12-21', undefined, id)).toEqual(answer)
  await expect(promise('2026-12-22', undefined, id)).rejects.toMatchObject({
    detail: 'promise_conflict',
  })
  await setClock(noon('2026-12-21'))
  await promise('2026-12-22')
  expect((await promises()).sort()).toEqual(['open', 'withdrawn'])
  await expect(promise('2026-12-23')).rejects.toMatchObject({ detail: 'promise_limit' })

  const [open] = await north.owner.read('promises', { state: 'open' })
  await north.owner.call('withdraw_promise', { promise_id: open?.['id'] })
  await expect(
    north.owner.call('withdraw_promise', { promise_id: open?.['id'] }),
  ).rejects.toMatchObject({ detail: 'promise_not_open' })
  await pay(north.owner, { subscriber_id: ana, amount_minor: PRICE })
  await expect(promise('2026-12-22')).rejects.toMatchObject({ detail: 'nothing_owed' })
})

test('grace moves the whole calendar of one subscriber, and given after a cut it ends it', async () => {
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-28')
  await north.owner.call('set_grace', { subscriber_id: ana, grace_days: 10 })
  expect(await isOn()).toBe(true)
  await dun('2027-01-04')
  expect(await isOn()).toBe(true)
  await dun('2027-01-05')
  expect(await isOn()).toBe(false)
  await north.owner.call('set_grace', { subscriber_id: ana, grace_days: null })
  await expect(
    north.owner.call('set_grace', { subscriber_id: ana, grace_days: 90 }),
  ).rejects.toMatchObject({ detail: 'invalid_grace' })
})

test('nobody is cut while a phone of the route says it holds something, or is silent', async () => {
  const carlo = await north.collector()
  await north.route(carlo, ana)
  await billDecember()
  const phone = await phoneOf(carlo)
  await dun('2026-12-16')
  const heard = (at: string, unsent: number) =>
    sql`update collections.devices set last_seen_at = ${at}, unsent_count = ${unsent} where id = ${phone.id}`

  await heard('2026-12-28T09:50:00+08:00', 1)
  await dun('2026-12-28')
  expect(await isOn()).toBe(true)
  const [late] = await north.owner.read('dunning', { subscriber_id: ana })
  expect(late).toMatchObject({ stage: 'warned', waits_for: 'phone' })

  await heard('2026-12-27T15:00:00+08:00', 0)
  await dun('2026-12-28', '10:15')
  expect(await isOn()).toBe(true)

  await heard('2026-12-28T10:20:00+08:00', 0)
  await dun('2026-12-28', '10:30')
  expect(await isOn()).toBe(false)
  await expectSound(north)
})

test('a phone that went silent long ago, or was taken away, holds nobody back', async () => {
  const carlo = await north.collector()
  await north.route(carlo, ana)
  await billDecember()
  const phone = await phoneOf(carlo)
  await dun('2026-12-16')
  await sql`update collections.devices set last_seen_at = ${noon('2026-12-28')}, unsent_count = 3 where id = ${phone.id}`
  await dun('2026-12-28')
  expect(await isOn()).toBe(true)
  await north.owner.call('revoke_device', { device_id: phone.id, reason: 'lost' })
  await dun('2026-12-28', '11:00')
  expect(await isOn()).toBe(false)
})

test('prepaid services are not cut for a postpaid debt, and a service added later is', async () => {
  await billDecember()
  const prepaid = await north.plan({
    billing_mode: 'prepaid',
    prepaid_days: 30,
    price_minor: 100_000,
  })
  await setClock(noon('2026-12-02'))
  const shop = await north.service(ana, prepaid, '2026-12-02')
  await dun('2026-12-16')
  await dun('2026-12-28')
  const second = await north.service(ana, await north.plan({ price_minor: PRICE }), '2026-12-28')
  await dun('2026-12-29')
  const cut = await sql<
    Array<{ id: string }>
  >`select subscription_id as id from service.holds where kind = 'nonpayment' and closed_at is null`
  expect(cut.map(({ id }) => id).sort()).toEqual([service, second].sort())
  expect(cut.map(({ id }) => id)).not.toContain(shop)
})

test('where the account is dunned as one, its oldest invoice leads and all that is past due counts', async () => {
  await calendar({ dunning_on: 'account', suspend_threshold_minor: 150_000 })
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-28')
  expect(await isOn()).toBe(true)
  await bill(north, '2027-01-01')
  await dun('2027-01-12')
  expect(await isOn()).toBe(false)
  expect(await north.owner.read('dunning')).toMatchObject([
    { open_minor: 2 * PRICE, stage: 'suspended', is_cut: true },
  ])
  await pay(north.owner, { subscriber_id: ana, amount_minor: PRICE })
  expect(await isOn()).toBe(true)
  await expectSound(north)
})

test('a late fee is charged once a stage, within its cap, never on a fee, and taxed as the rest', async () => {
  await sql`update tenancy.tax_regimes set regime = 'vat', rate_bp = 1200 where tenant_id = ${north.id}`
  await calendar({
    late_fee_kind: 'percent',
    late_fee_bp: 333,
    late_fee_cap_minor: 5_000,
    late_fee_stages: ['warned', 'suspended'],
  })
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-17')
  await dun('2026-12-28')
  // 3.33 % of 999.00 is 33.27; the second stage gets what the cap leaves.
  expect(await north.owner.read('late_fees')).toMatchObject([
    { stage: 'warned', base_minor: PRICE, amount_minor: 3_327, state: 'waiting' },
    { stage: 'suspended', base_minor: PRICE, amount_minor: 1_673, state: 'waiting' },
  ])

  await bill(north, '2027-01-01')
  const [january] = await north.owner.read('invoices', { period: '2027-01-01' })
  expect(january).toMatchObject({
    total_minor: PRICE + 5_000,
    vat_minor: Math.round(((PRICE + 5_000) * 12) / 112),
  })
  await pay(north.owner, { subscriber_id: ana, amount_minor: PRICE })
  await dun('2027-01-16')
  const [, , third] = await north.owner.read('late_fees')
  expect(third).toMatchObject({ base_minor: PRICE, amount_minor: 3_327 })
  await expectSound(north)
})

test('a late fee is waived with a reason before an invoice takes it, and not after', async () => {
  await calendar({
    late_fee_kind: 'amount',
    late_fee_minor: 5_000,
    late_fee_stages: ['warned', 'suspended'],
  })
  await billDecember()
  await dun('2026-12-16')
  const [fee] = await north.owner.read('late_fees')
  const waive = (id: unknown, reason: string) =>
    north.owner.call('waive_late_fee', { late_fee_id: id, reason })
  await expect(waive(fee?.['id'], '')).rejects.toMatchObject({ detail: 'reason_missing' })
  const cashier = await north.member('billing.read', 'payments.record')
  await expect(
    cashier.call('waive_late_fee', { late_fee_id: fee?.['id'], reason: 'first time' }),
  ).rejects.toMatchObject({ code: 'PT403' })
  await waive(fee?.['id'], 'first time')
  await waive(fee?.['id'], 'first time')
  await expect(waive(fee?.['id'], 'another')).rejects.toMatchObject({ detail: 'already_waived' })

  await dun('2026-12-28')
  await bill(north, '2027-01-01')
  const lines = await north.owner.read('invoice_lines', { kind: 'late_fee' })
  expect(lines).toHaveLength(1)
  const [, second] = await north.owner.read('late_fees')
  expect(second).toMatchObject({ state: 'billed' })
  await expect(waive(second?.['id'], 'too late')).rejects.toMatchObject({
    detail: 'late_fee_billed',
  })
})

test('settings that contradict one another are refused in a sentence', async () => {
  for (const settings of [
    { warning_days: 20, suspend_days: 10 },
    { uncollectible_days: 10 },
    { cut_from: '15:00', cut_until: '08:00' },
    { no_cut_weekdays: [8] },
    { no_cut_days: ['2026-02-30'] },
    { reminder_days: 'soon' },
    { late_fee_kind: 'much' },
    { promise_days: null },
  ]) {
    await expect(
      north.owner.run(
        (inner) =>
          inner`select api.save_dunning_settings(${JSON.stringify(settings)}::text::jsonb)`,
      ),
    ).rejects.toMatchObject({ detail: 'invalid_dunning_settings' })
  }
  const cashier = await north.member('billing.read')
  await expect(
    cashier.call('save_dunning_settings', { settings: { warning_days: 1 } }),
  ).rejects.toMatchObject({ code: 'PT403' })
})

test('the preview says what the calendar then does', async () => {
  await setClock(noon('2026-11-20'))
  const preview = await north.owner.call('preview_dunning', {
    settings: { no_cut_days: ['2026-12-28'] },
  })
  expect(preview).toMatchObject({
    issued_on: '2026-12-01',
    due_on: '2026-12-11',
    cut_wanted_on: '2026-12-26',
    steps: [
      { stage: 'reminded', on: '2026-12-08' },
      { stage: 'due', on: '2026-12-12' },
      { stage: 'warned', on: '2026-12-16' },
      { stage: 'suspended', on: '2026-12-29' },
      { stage: 'uncollectible', on: '2027-03-11' },
    ],
  })
})

test('why: the whole story, for the office and for the subscriber, and for nobody else', async () => {
  await calendar({ late_fee_kind: 'amount', late_fee_minor: 5_000 })
  await billDecember()
  for (const day of ['2026-12-08', '2026-12-12']) await dun(day)
  await setClock(noon('2026-12-14'))
  await promise('2026-12-15')
  for (const day of ['2026-12-16', '2026-12-28']) await dun(day)
  const portal = await north.portal(ana)
  const story = await portal.call<{
    events: Array<{ code: string }>
    services: Array<{ is_on: boolean; causes: Array<{ code: string }> }>
  }>('why', { subscriber_id: ana })

  expect(story).toMatchObject({
    balance_minor: PRICE,
    overdue_minor: PRICE,
    reconnect_minor: PRICE,
    stage: 'suspended',
    services: [{ is_on: false, causes: [{ code: 'hold_nonpayment' }] }],
    charges: [{ total_minor: PRICE, lines: [{ kind: 'recurring' }] }],
  })
  expect(story.events.map(({ code }) => code).reverse()).toEqual([
    'invoiced',
    'stage_reminded',
    'stage_due',
    'promised',
    'stage_warned',
    'promise_broken',
    'late_fee',
    'stage_suspended',
    'off_nonpayment',
  ])
  expect(await north.owner.call('why', { subscriber_id: ana })).toMatchObject({
    stage: 'suspended',
  })
  const ben = await north.portal(await north.subscriber({ name: 'Ben' }))
  await expect(ben.call('why', { subscriber_id: ana })).rejects.toMatchObject({ code: 'PT403' })
})

test('the list is for those who may see invoices', async () => {
  await billDecember()
  await dun('2026-12-16')
  expect(await north.owner.read('dunning')).toMatchObject([
    {
      subscriber_name: 'Ana Reyes',
      stage: 'warned',
      since_on: '2026-12-16',
      next_stage: 'suspended',
      next_on: '2026-12-28',
    },
  ])
  expect(await (await north.member('subscribers.read')).read('dunning')).toEqual([])
  expect(await (await signUpTenant('South Fiber')).owner.read('dunning')).toEqual([])
})

test('a credit note and a write-off switch on again as a payment does', async () => {
  await sql`update tenancy.billing_settings set approval_limit_minor = 999999 where tenant_id = ${north.id}`
  const settle: Array<(invoice: unknown) => Promise<unknown>> = [
    (invoice) =>
      north.owner.call('issue_credit_note', {
        credit_note: {
          id: uuid7(),
          invoice_id: invoice,
          amount_minor: PRICE,
          reason: 'long outage',
        },
      }),
    (invoice) =>
      north.owner.call('write_off_invoice', {
        write_off: { id: uuid7(), invoice_id: invoice, reason: 'moved away' },
      }),
  ]
  await billDecember()
  await dun('2026-12-16')
  await dun('2026-12-28')
  await bill(north, '2027-01-01', '2027-01-02')
  for (const period of ['2026-12-01', '2027-01-01']) {
    expect(await isOn()).toBe(false)
    const [invoice] = await north.owner.read('invoices', { period })
    await settle.shift()?.(invoice?.['id'])
    expect(await isOn()).toBe(true)
    await dun('2027-01-18')
    await dun('2027-01-27')
  }
})

test('a promise whose payment is void is open again, or broken', async () => {
  await billDecember()
  await setClock(noon('2026-12-20'))
  await promise('2026-12-24')
  await setClock(noon('2026-12-21'))
  const { payment_id } = await pay(north.owner, { subscriber_id: ana, amount_minor: PRICE })
  expect(await promises()).toEqual(['kept'])
  const other = await north.member('payments.approve_void')
  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id,
    reason: 'wrong person',
  })
  await other.call('approve_void', { request_id })
  expect(await promises()).toEqual(['open'])
  await dun('2026-12-25')
  expect(await promises()).toEqual(['broken'])
  await expectSound(north)
})

test('who cannot be looked at is left as he was, with the reason, and the others go on', async () => {
  const ben = await north.subscriber({ name: 'Ben' })
  await north.service(ben, await north.plan({ price_minor: PRICE }), '2026-11-05')
  await billDecember()
  await sql.unsafe(`
    create function pg_temp.fail() returns trigger language plpgsql as $$
    begin
      if new.subscriber_id = '${ana}' then raise exception 'a disk is full'; end if;
      return new;
    end $$;
    create trigger fail before insert on billing.dunning_stages for each row execute function pg_temp.fail();
  `)
  await dun('2026-12-16')
  expect(await north.owner.read('dunning_stages')).toMatchObject([{ subscriber_id: ben }])
  expect(await north.owner.read('dunning_rounds')).toMatchObject([
    {
      state: 'done',
      seen_count: 2,
      last_error: expect.stringContaining('a disk is full') as string,
    },
  ])
})

test('two schedules at once, and payments beside them, cut everybody once and nobody who paid', async () => {
  const own = await ownDatabase()
  const stage = { sql: own.sql, actor: own.actor } as unknown as Stage
  const session = async <T>(at: string, work: (inner: typeof own.sql) => Promise<T>) => {
    const reserved = await own.sql.reserve()
    try {
      await reserved`select set_config('linyada.clock_at', ${at}, false)`
      return await work(reserved as unknown as typeof own.sql)
    } finally {
      await reserved`select set_config('linyada.clock_at', '', false)`
      reserved.release()
    }
  }
  const isp = await signUpTenant('Two Fiber', stage)
  await own.sql`update tenancy.billing_settings set first_period_on = '2026-12-01' where tenant_id = ${isp.id}`
  const plan = await isp.plan({ price_minor: PRICE })
  const people: Array<string> = []
  for (let at = 0; at < 12; at += 1) {
    const id = await isp.subscriber()
    await isp.service(id, plan, '2026-12-01')
    people.push(id)
  }
  await session('2026-12-01T00:10:00+08:00', (inner) => inner`call billing.dispatch(60)`)
  await session('2026-12-16T00:10:00+08:00', (inner) => inner`call billing.dispatch_dunning(60)`)

  const cutting = '2026-12-28T10:00:00+08:00'
  await Promise.all([
    ...[1, 2, 3].map(() => session(cutting, (inner) => inner`call billing.dispatch_dunning(60)`)),
    ...people.slice(0, 4).map((id) =>
      session(cutting, async (inner) => {
        await inner`begin`
        await inner`select access.act_for(${isp.id})`
        await inner`select collections.take_payment(${JSON.stringify({
          id: uuid7(),
          subscriber_id: id,
          method: 'cash',
          channel: 'counter',
          amount_minor: PRICE,
          received_at: '2026-12-28T01:59:00Z',
        })}::text::jsonb)`
        await inner`commit`
      }),
    ),
  ])

  const cut = await own.sql<Array<{ id: string; open: number; all: number }>>`
    select u.subscriber_id as id, count(*) filter (where h.closed_at is null)::int as open, count(*)::int as all
    from service.holds as h join service.subscriptions as u on u.tenant_id = h.tenant_id and u.id = h.subscription_id
    where h.tenant_id = ${isp.id} group by 1
  `
  const off = cut.filter(({ open }) => open > 0).map(({ id }) => id)
  expect(off.sort()).toEqual(people.slice(4).sort())
  expect(cut.every(({ all }) => all === 1)).toBe(true)
  expect(
    (await own.sql`select invoice_id from billing.dunning_stages where stage = 'warned'`).length,
  ).toBe(12)
})
