// Charges: what an invoice takes besides the plan, whole, in parts or again and again.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  accountOf,
  billMonths,
  charge,
  end,
  isVat,
  north,
  plan,
  PRICE,
  service,
  stateOf,
  subscriber,
  totals,
} from './charging.ts'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'

test('a sum in parts is taken part by part and adds up exactly', async () => {
  const id = await charge({ amount_minor: 100_000, parts: 3 })
  const states = [await stateOf(id)]
  for (const month of ['2026-11-01', '2026-12-01', '2027-01-01', '2027-02-01']) {
    await bill(north, month)
    states.push(await stateOf(id))
  }
  expect(states).toEqual(['waiting', 'running', 'running', 'done', 'done'])

  expect(await totals()).toEqual([PRICE + 33_334, PRICE + 33_333, PRICE + 33_333, PRICE])
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 0, parts: 3 }])
  expect(await north.owner.read('charge_parts', { charge_id: id })).toHaveLength(3)
  await expectSound(north)
})

test('any sum in any number of parts adds up, whichever invoice that took one is void', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 12, max: 9_999_999 }),
      fc.integer({ min: 2, max: 6 }),
      fc.nat(3),
      async (amount, parts, voided) => {
        const id = await charge({ amount_minor: amount, parts })
        const taken: Array<number> = []
        for (let seen = 0; seen < parts; seen += 1) {
          const { total_minor } = await north.owner.call<{ total_minor: number }>('bill_charge', {
            charge_id: id,
            seen_count: seen,
          })
          taken.push(total_minor)
        }
        expect(taken.reduce((a, b) => a + b, 0)).toBe(amount)
        expect(Math.max(...taken) - Math.min(...taken)).toBeLessThanOrEqual(1)

        const [part] = await north.owner
          .read<{ invoice_id: string; invoice_number: string }>('charge_parts', { charge_id: id })
          .then((all) => all.slice(voided % parts))
        await sql`select set_config('request.jwt.claims', ${JSON.stringify(north.owner.claims)}, true)`
        await sql`select billing.void_invoice(${String(part?.invoice_id)}, 'A mistake')`
        await north.owner.call('bill_charge', { charge_id: id, seen_count: parts })
        const [sum] = await sql<Array<{ sum: string }>>`
          select sum(x.amount_minor)::text as sum from billing.charge_parts as x
          join billing.invoices as i on i.id = x.invoice_id and i.state <> 'void' where x.charge_id = ${id}
        `
        expect(Number(sum?.sum)).toBe(amount)
      },
    ),
    { numRuns: 6, seed: 3 },
  )
  await expectSound(north)
})

test('a repeating charge is taken as often as it says, until its end, or until it is cancelled', async () => {
  await charge({ description: 'Twice', amount_minor: 1_000, times: 2 })
  await charge({ description: 'Ends', amount_minor: 20, times: 0, until_on: '2026-12-01' })
  const always = await charge({ description: 'Public address', amount_minor: 300, times: 0 })

  await billMonths('2026-11-01', '2026-12-01')
  await north.owner.call('cancel_charge', { charge_id: always })
  expect(await stateOf(always)).toBe('cancelled')
  await bill(north, '2027-01-01')

  expect(await totals()).toEqual([PRICE + 1_320, PRICE + 1_300, PRICE])
  await expect(north.owner.call('cancel_charge', { charge_id: always })).rejects.toMatchObject({
    detail: 'charge_not_waiting',
  })
  await expectSound(north)
})

test('an installation fee is on the first invoice of its service', async () => {
  const id = uuid7()
  const ben = await north.subscriber({ name: 'Ben' })
  const start = {
    id,
    subscriber_id: ben,
    plan_id: plan,
    activated_on: '2026-11-16',
    installation_fee_minor: 150_000,
  }
  await north.owner.call('start_subscription', { subscription: start })
  await north.owner.call('start_subscription', { subscription: start })
  await billMonths('2026-11-01', '2026-12-01')
  expect(
    (await north.owner.read<{ total_minor: number }>('invoices', { subscriber_id: ben })).map(
      ({ total_minor }) => total_minor,
    ),
  ).toEqual([PRICE / 2 + 150_000, PRICE])
})

test('a charge can be billed at once, credit pays it first, and a second press bills nothing more', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 20_000 })
  const id = await charge({ amount_minor: 90_000, parts: 3 })
  const billed = await north.owner.call('bill_charge', { charge_id: id, seen_count: 0 })
  const again = await north.owner.call('bill_charge', { charge_id: id, seen_count: 0 })

  expect(billed).toMatchObject({ total_minor: 30_000, duplicate: false })
  expect(again).toMatchObject({ invoice_id: billed['invoice_id'], duplicate: true })
  expect(await north.owner.read('invoices')).toMatchObject([
    { total_minor: 30_000, balance_minor: 10_000 },
  ])
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 2 }])
  await expectSound(north)
})

test('the preview of the next invoice is what the run bills', async () => {
  await charge({ amount_minor: 70_000 })
  await charge({ kind: 'discount', description: 'Loyal', percent_bp: 500 })
  await charge({
    kind: 'discount',
    description: 'On time',
    amount_minor: 5_000,
    is_conditional: true,
  })
  const preview = await north.owner.call<{
    period: string
    total_minor: number
    lines: Array<unknown>
    offers: Array<unknown>
  }>('preview_next_invoice', { subscriber_id: subscriber })

  expect(preview).toMatchObject({ period: '2026-11-01', offers: [{ amount_minor: 5_000 }] })
  await bill(north, '2026-11-01')
  expect(await totals()).toEqual([preview.total_minor])
  expect(await north.owner.read('invoice_lines')).toHaveLength(preview.lines.length)
  expect(await north.owner.read('charge_parts')).toHaveLength(3)
})

test('the last invoice does not ask again what comes once a period, and takes what still waits', async () => {
  await charge({ description: 'Static address', amount_minor: 10_000, times: 0 })
  await billMonths('2026-11-01')
  await charge({ description: 'Cable', amount_minor: 7_000, starts_on: '2026-11-10' })
  await setClock(noon('2026-11-30'))
  await north.owner.call('terminate_subscription', {
    subscription_id: service,
    on_day: '2026-11-30',
    reason: 'Moved',
  })

  const invoices = await north.owner.read<{ id: string; total_minor: number }>('invoices', {
    subscriber_id: subscriber,
  })
  // The cable, less the one day of November that is given back.
  expect(invoices.map(({ total_minor }) => total_minor).sort((a, b) => a - b)).toEqual([
    7_000 - PRICE / 30,
    PRICE + 10_000,
  ])
  await expectSound(north)
})

test('the last invoice asks all the parts that are left, and leaves them when it is void', async () => {
  const id = await charge({ amount_minor: 100_000, parts: 5 })
  await billMonths('2026-11-01')
  await setClock(noon('2026-12-01'))
  const { invoice } = await end('2026-12-01')

  expect(await totals()).toEqual([PRICE + 20_000, 80_000])
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 0 }])
  await expectSound(north)

  await north.owner.call('save_billing_settings', { settings: { approval_limit_minor: null } })
  await north.owner.call('void_invoice', {
    invoice_void: { id: uuid7(), reason: 'Stays', invoice_id: invoice?.invoice_id },
  })
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 4 }])
  await expectSound(north)
})

test('a credit that no invoice will take is given back at the end, of what was charged', async () => {
  await charge({ kind: 'discount', description: 'Sorry', amount_minor: PRICE * 2 })
  await isVat()
  await billMonths('2026-11-01', '2026-12-01')
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE })
  // December took the rest of that one; of this one nothing.
  const id = await charge({ kind: 'discount', description: 'Sorry again', amount_minor: 30_000 })
  await billMonths('2027-01-01')
  await charge({ kind: 'discount', description: 'And again', amount_minor: 90_000 })
  await setClock(noon('2027-02-01'))
  const { invoice, credit_notes } = await end('2027-02-01')

  expect(await totals()).toEqual([0, 0, PRICE - 30_000])
  expect({ invoice, count: credit_notes.length }).toEqual({ invoice: null, count: 1 })
  // No more than January still cost.
  expect(await north.owner.read('credit_notes')).toMatchObject([
    { reason: 'And again', total_minor: PRICE - 30_000 },
  ])
  expect(await accountOf('subscriber_credit')).toBe(-PRICE)
  expect(await accountOf('output_vat')).toBe(0)
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 0 }])
  expect(
    await north.owner.call('preview_next_invoice', { subscriber_id: subscriber }),
  ).toMatchObject({ lines: [] })
  await expectSound(north)
})

test('a charge is refused in a sentence when it makes no sense', async () => {
  const cases: Array<[Record<string, unknown>, string]> = [
    [{ amount_minor: 0 }, 'invalid_amount'],
    [{ amount_minor: 100, percent_bp: 100 }, 'invalid_amount'],
    [{ percent_bp: 100 }, 'invalid_charge'],
    [{ kind: 'late_fee', amount_minor: 100 }, 'invalid_charge'],
    [{ kind: 'discount', percent_bp: 10_001 }, 'invalid_charge'],
    [{ amount_minor: 2, parts: 3 }, 'too_many_parts'],
    [{ amount_minor: 100, subscription_id: uuid7() }, 'subscription_unknown'],
    [{ amount_minor: 100, subscriber_id: uuid7() }, 'subscriber_unknown'],
    [{ amount_minor: 100, until_on: '2026-11-01' }, 'invalid_charge'],
    [{ amount_minor: 100, starts_on: 'soon' }, 'invalid_charge'],
  ]
  for (const [fields, detail] of cases) {
    await expect(charge(fields), JSON.stringify(fields)).rejects.toMatchObject({ detail })
  }
  const clerk = await north.member('billing.read')
  await expect(
    clerk.call('save_charge', { charge: { id: uuid7(), subscriber_id: subscriber } }),
  ).rejects.toMatchObject({ code: 'PT403' })
})

test('the same charge sent twice is one, and other facts under its id are refused', async () => {
  const facts = {
    id: uuid7(),
    subscriber_id: subscriber,
    kind: 'one_time',
    description: 'Router',
    amount_minor: 5_000,
    starts_on: '2026-11-01',
  }
  await north.owner.call('save_charge', { charge: facts })
  expect(await north.owner.call('save_charge', { charge: facts })).toMatchObject({
    duplicate: true,
  })
  await expect(
    north.owner.call('save_charge', { charge: { ...facts, amount_minor: 6_000 } }),
  ).rejects.toMatchObject({ detail: 'charge_conflict' })
  expect(await north.owner.read('charges')).toHaveLength(1)
})
