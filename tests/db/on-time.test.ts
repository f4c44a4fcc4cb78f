// Discounts on invoices and for paying on time, when what they stand on is put right: nobody gains by it, and nobody loses what was earned.

import { beforeEach, expect, test } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

const PRICE = 99_900
const OFF = 5_000

let north: Tenant
let manager: Person
let plan: string
let subscriber: string
let service: string

beforeEach(async () => {
  await setClock(noon('2026-10-20'))
  north = await signUpTenant('North Fiber')
  manager = await north.member('payments.approve_void')
  await sql`update tenancy.billing_settings set first_period_on = '2026-11-01' where tenant_id = ${north.id}`
  await north.owner.call('save_billing_settings', { settings: { approval_limit_minor: null } })
  plan = await north.plan({ price_minor: PRICE })
  subscriber = await north.subscriber()
  service = await north.service(subscriber, plan, '2026-11-01')
})

function discount(fields: Record<string, unknown>) {
  return north.owner.call('save_charge', {
    charge: {
      id: uuid7(),
      subscriber_id: subscriber,
      kind: 'discount',
      description: 'Less',
      starts_on: '2026-11-01',
      times: 0,
      ...fields,
    },
  })
}

const offer = (amount: number) => discount({ amount_minor: amount, is_conditional: true })

const take = (amount: number, fields: Record<string, unknown> = {}) =>
  pay(north.owner, { subscriber_id: subscriber, amount_minor: amount, ...fields })

async function invoiceOf(period: string) {
  const all = await north.owner.read<{ id: string; subscriber_id: string; period: string | null }>(
    'invoices',
    { subscriber_id: subscriber },
  )
  const found = all.find((invoice) => invoice.period === period)
  if (!found) throw new Error(`No invoice of ${period}`)
  return found.id
}

async function credit(amount: number, period = '2026-11-01') {
  const note = {
    id: uuid7(),
    reason: 'Outage',
    invoice_id: await invoiceOf(period),
    amount_minor: amount,
  }
  return north.owner.call('issue_credit_note', { credit_note: note })
}

const refund = (payment: string | null, amount: number) =>
  north.owner.call('refund', {
    refund: {
      id: uuid7(),
      reason: 'Asked for it',
      subscriber_id: subscriber,
      payment_id: payment,
      amount_minor: amount,
      method: 'cash',
    },
  })

async function voided(payment: string) {
  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id: payment,
    reason: 'Not theirs',
  })
  return manager.call('approve_void', { request_id })
}

/** What is owed, what is held as credit, and what was given for paying on time. */
async function standing() {
  const [row] = await sql`
    select coalesce(sum(e.amount_minor) filter (where a.code = 'subscriber_receivable'), 0)::int as owed,
      coalesce(-sum(e.amount_minor) filter (where a.code = 'subscriber_credit'), 0)::int as credit,
      coalesce(sum(e.amount_minor) filter (where a.code = 'prompt_discounts'), 0)::int as earned
    from ledger.entries as e join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where a.tenant_id = ${north.id}`
  return row
}

test('a credit note after the day keeps what was earned, and never more than it left of the invoice', async () => {
  await offer(OFF)
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-11'))
  await take(PRICE - OFF)
  await setClock(noon('2026-11-20'))

  await credit(30_000)
  expect(await standing()).toEqual({ owed: 0, credit: 30_000, earned: OFF })
  await expectSound(north)

  // Of 1,000 that are left no more than 1,000 is off.
  await credit(68_900)
  expect(await standing()).toEqual({ owed: 0, credit: PRICE - OFF, earned: 1_000 })
  await expectSound(north)

  await credit(1_000)
  expect(await standing()).toEqual({ owed: 0, credit: PRICE - OFF, earned: 0 })
  await expectSound(north)
})

test('a credit note says that so much was never owed: who paid the rest on time has earned the discount', async () => {
  await offer(OFF)
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-11'))
  await take(PRICE - OFF - 20_000)
  expect(await standing()).toMatchObject({ earned: 0 })

  await setClock(noon('2026-11-20'))
  await credit(20_000)
  expect(await standing()).toEqual({ owed: 0, credit: 0, earned: OFF })
  await expectSound(north)
})

test('a debt that was given up earns nothing when a part of it is credited', async () => {
  await offer(OFF)
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-11'))
  await take(80_000)
  await setClock(noon('2026-11-20'))
  await take(15_000)
  await north.owner.call('write_off_invoice', {
    write_off: { id: uuid7(), reason: 'Gone', invoice_id: await invoiceOf('2026-11-01') },
  })
  await setClock(noon('2026-11-26'))
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-11-26',
    reason: 'Moved',
  })

  // Five days of what was really charged; of the rest no more than the offer was never paid.
  expect(await standing()).toEqual({ owed: 0, credit: 15_833, earned: 0 })
  await expectSound(north)
})

test('a refund takes back at once what its money had earned', async () => {
  await offer(OFF)
  await bill(north, '2026-11-01')
  const { payment_id } = await take(PRICE)
  expect(await standing()).toEqual({ owed: 0, credit: OFF, earned: OFF })

  await refund(payment_id, OFF)
  expect(await standing()).toEqual({ owed: 0, credit: 0, earned: OFF })
  // Less of it than the rest of the invoice is there no more.
  await refund(payment_id, OFF)
  expect(await standing()).toEqual({ owed: OFF, credit: 0, earned: OFF })
  await refund(payment_id, 1)
  expect(await standing()).toEqual({ owed: OFF * 2 + 1, credit: 0, earned: 0 })
  await expectSound(north)

  await refund(payment_id, PRICE - OFF * 2 - 1)
  expect(await standing()).toEqual({ owed: PRICE, credit: 0, earned: 0 })
  await expectSound(north)
})

test('credit that a discount became is called back from where it went; what went out in cash is not', async () => {
  await offer(OFF)
  await bill(north, '2026-11-01')
  const { payment_id } = await take(PRICE)
  await refund(null, OFF)
  expect(await standing()).toEqual({ owed: 0, credit: 0, earned: OFF })
  await expect(refund(payment_id, PRICE)).rejects.toMatchObject({ detail: 'credit_refunded' })

  await refund(payment_id, PRICE - OFF)
  expect(await standing()).toEqual({ owed: PRICE, credit: 0, earned: 0 })
  await expectSound(north)
})

test('credit that comes within the days of an offer earns it', async () => {
  await offer(OFF)
  await bill(north, '2026-11-01')
  await take(PRICE - OFF - 700)
  await north.owner.call('take_deposit', {
    deposit: {
      id: uuid7(),
      payment_id: uuid7(),
      subscriber_id: subscriber,
      amount_minor: 700,
      method: 'cash',
    },
  })
  await north.owner.call('apply_deposit', {
    deposit: {
      id: uuid7(),
      subscriber_id: subscriber,
      amount_minor: 700,
      reason: 'Moves away',
    },
  })
  expect(await standing()).toEqual({ owed: 0, credit: 0, earned: OFF })
  await expectSound(north)
})

test('offers beside one invoice take off no more than it comes to', async () => {
  await offer(60_000)
  await offer(60_000)
  await bill(north, '2026-11-01')
  const offers = await north.owner.read<{ amount_minor: number }>('charge_parts')
  expect(offers.map(({ amount_minor }) => amount_minor).sort()).toEqual([-39_900, -60_000])
  expect(await standing()).toEqual({ owed: 0, credit: 0, earned: PRICE })
  await expectSound(north)
})

test('a discount is no money that was received on time', async () => {
  await offer(OFF)
  await bill(north, '2026-11-01')
  await take(PRICE - OFF - 4_900)
  const { payment_id } = await take(4_900)
  expect(await standing()).toEqual({ owed: 0, credit: 0, earned: OFF })

  await voided(payment_id)
  expect(await standing()).toEqual({ owed: OFF + 4_900, credit: 0, earned: 0 })
  await expectSound(north)
})

test('a certificate that was posted to the wrong subscriber settles no more than the right one owes', async () => {
  const other = await north.subscriber()
  await north.service(other, await north.plan({ price_minor: 40_000 }), '2026-11-01')
  await bill(north, '2026-11-01')
  const certificate = async (amount: number) => {
    const { payment_id } = await take(amount, { method: 'withholding' })
    return { id: uuid7(), reason: 'Was theirs', payment_id, subscriber_id: other }
  }
  await expect(
    north.owner.call('transfer_payment', { transfer: await certificate(40_001) }),
  ).rejects.toMatchObject({ detail: 'certificate_beyond_open' })
  await expectSound(north)

  await north.owner.call('transfer_payment', { transfer: await certificate(40_000) })
  expect(await north.owner.read('subscribers', { id: other })).toMatchObject([
    { balance_minor: 0, credit_minor: 0 },
  ])
  await expectSound(north)
})

/** Pauses the second half of November; the next invoice gives it back. */
async function givenBack(of = service) {
  await north.owner.call('pause_subscription', {
    change: { id: uuid7(), subscription_id: of, from_on: '2026-11-16', until_on: '2026-12-01' },
  })
  await bill(north, '2026-12-01')
  const [row] = await sql<Array<{ amount: number }>>`
    select sum(r.amount_minor)::int as amount from billing.returned_days as r where r.tenant_id = ${north.id}`
  return row?.amount
}

test('a discount in percent is shared by the days, not by what else the invoice charged', async () => {
  await discount({ percent_bp: 5_000 })
  await discount({ kind: 'one_time', description: 'Router', amount_minor: PRICE, times: 1 })
  await bill(north, '2026-11-01')
  expect(await givenBack()).toBe(PRICE / 4)
  await expectSound(north)
})

test('a discount of one service is not taken off the days of another', async () => {
  const second = await north.service(subscriber, plan, '2026-11-01')
  await discount({ amount_minor: 40_000, subscription_id: service })
  await bill(north, '2026-11-01')
  expect(await givenBack(second)).toBe(PRICE / 2)
  await expectSound(north)
})

test("a plan's discount for those who have the plan reaches a service that waits for its first day", async () => {
  await north.owner.call('save_plan_discount', {
    discount: {
      id: uuid7(),
      plan_id: plan,
      description: 'Opening',
      amount_minor: 10_000,
      starts_on: '2026-10-20',
      for_existing: true,
    },
  })
  await bill(north, '2026-11-01')
  expect(await north.owner.read('invoices')).toMatchObject([{ total_minor: PRICE - 10_000 }])
  await expectSound(north)
})

test("a plan's discount is given from its first day, also where another price is planned of it", async () => {
  for (const from_on of ['2027-02-15', '2026-12-15']) {
    await north.owner.call('set_plan_price', {
      plan_id: plan,
      price_minor: PRICE + 100,
      from_on,
      is_followed: true,
    })
  }
  await north.owner.call('save_plan_discount', {
    discount: {
      id: uuid7(),
      plan_id: plan,
      description: 'Opening',
      amount_minor: 10_000,
      starts_on: '2026-10-20',
      for_existing: true,
    },
  })
  expect(await north.owner.read('charges')).toMatchObject([{ starts_on: '2026-11-01' }])
  await bill(north, '2026-11-01')
  expect(await north.owner.read('invoices')).toMatchObject([{ total_minor: PRICE - 10_000 }])
})
