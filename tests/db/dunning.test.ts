// Dunning: the rule over its table of cases, and what the calendar does to people who owe.

import cases from '../cases/dunning.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { ownDatabase, setClock, sql } from './database.ts'
import {
  ana,
  billDecember,
  calendar,
  dun,
  holds,
  isOn,
  north,
  PRICE,
  promise,
  service,
  stages,
} from './dunned.ts'
import { phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { signUpTenant, type Stage } from './story.ts'

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
  for (const nothing of ['{}', '[]', 'null', '{"not_one": 1}']) {
    for (const name of ['save_dunning_settings', 'save_billing_settings']) {
      await expect(
        north.owner.run((inner) => inner.unsafe(`select api.${name}('${nothing}'::jsonb)`)),
        `${name} ${nothing}`,
      ).rejects.toMatchObject({ detail: 'no_settings' })
    }
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
