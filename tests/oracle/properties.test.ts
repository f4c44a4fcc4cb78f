// What must hold whatever the numbers are: SQL, the domain of the app and the oracle say the same, and nothing but the facts matters.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate } from '~/domain/allocation'
import { minor } from '~/domain/money'
import { periodOf as domainPeriodOf, prorate } from '~/domain/period'
import { secondsBought } from '~/domain/prepaid'
import { spreadVat } from '~/domain/vat'
import { sql } from '../db/database.ts'
import { uuid7 } from '../db/ids.ts'
import { signUpTenant } from '../db/story.ts'
import { expectEqual, expectStoryEqual } from './agree.ts'
import { dayOf, periodOf, read, write } from './days.ts'
import { hardLives } from './hard-lives.ts'
import { parts, rounded, secondsFor, vatOf } from './shares.ts'
import { type Life, PLANS, type Story } from './story.ts'

const SEED = 7

function samples<T>(arbitrary: fc.Arbitrary<T>, numRuns = 300): Array<T> {
  return fc.sample(arbitrary, { seed: SEED, numRuns })
}

test('a part of a price is the same everywhere', async () => {
  const cases = samples(
    fc
      .record({
        price: fc.integer({ min: 1, max: 9_999_999_999 }),
        of: fc.integer({ min: 28, max: 31 }),
      })
      .chain(({ price, of }) =>
        fc.record({ price: fc.constant(price), of: fc.constant(of), days: fc.nat(of) }),
      ),
  )
  const rows = await sql<Array<{ part: number }>>`
    select billing.prorate((c ->> 'price')::bigint, (c ->> 'days')::integer, (c ->> 'of')::integer)::float8 as part
    from jsonb_array_elements(${JSON.stringify(cases)}::text::jsonb) with ordinality as x(c, at) order by x.at`
  const oracle = cases.map(({ price, days, of }) =>
    Number(rounded(BigInt(price) * BigInt(days), BigInt(of))),
  )

  expect(rows.map(({ part }) => part)).toEqual(oracle)
  expect(cases.map(({ price, days, of }) => prorate(minor(price), days, of))).toEqual(oracle)
})

test('the parts of a price add up to it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9_999_999 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (price, lengths) => {
        const whole = lengths.reduce((sum, length) => sum + length, 0)
        const shares = parts(
          lengths.map((length) => BigInt(price) * BigInt(length)),
          BigInt(whole),
        )
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(price)
      },
    ),
    { seed: SEED },
  )
})

test('VAT is the same everywhere, line by line, and its lines add up', async () => {
  const cases = samples(
    fc.record({
      rate: fc.constantFrom(1200, 500, 1, 10_000),
      lines: fc.array(fc.integer({ min: -500_000, max: 5_000_000 }), {
        minLength: 1,
        maxLength: 12,
      }),
    }),
    150,
  )
  for (const rate of new Set(cases.map((one) => one.rate))) {
    const ofRate = cases
      .filter((one) => one.rate === rate)
      .map(({ lines }) => ({ id: uuid7(), lines }))
    const rows = await sql<Array<{ id: string; vats: Array<number> }>>`
      select v.subscriber_id as id, jsonb_agg(v.vat_minor order by v.position) as vats
      from billing.spread_vat(array(
        select jsonb_populate_record(null::billing.proposed_line, jsonb_build_object(
          'subscriber_id', c ->> 'id', 'position', l.at, 'vat_class', 'vatable', 'amount_minor', l.amount))
        from jsonb_array_elements(${JSON.stringify(ofRate)}::text::jsonb) as c,
          jsonb_array_elements(c -> 'lines') with ordinality as l(amount, at)
      ), ${rate}) as v
      group by v.subscriber_id`
    const said = new Map(rows.map(({ id, vats }) => [id, vats]))
    for (const { id, lines } of ofRate) {
      const oracle = vatOf(lines, rate)
      expect(said.get(id)).toEqual(oracle)
      expect(spreadVat(lines.map(minor), rate)).toEqual(oracle)
      const whole = lines.reduce((sum, line) => sum + line, 0)
      expect(oracle.reduce((sum, vat) => sum + vat, 0)).toBe(
        Number(rounded(BigInt(whole) * BigInt(rate), BigInt(10_000 + rate))),
      )
    }
  }
})

test('the time an amount buys is the same everywhere', async () => {
  const cases = samples(
    fc.record({
      amount: fc.integer({ min: 1, max: 9_999_999 }),
      price: fc.integer({ min: 1, max: 9_999_999 }),
      days: fc.integer({ min: 1, max: 366 }),
    }),
  )
  const rows = await sql<Array<{ seconds: number }>>`
    select billing.seconds_bought((c ->> 'amount')::bigint, (c ->> 'price')::bigint, (c ->> 'days')::integer)::float8 as seconds
    from jsonb_array_elements(${JSON.stringify(cases)}::text::jsonb) with ordinality as x(c, at) order by x.at`
  const oracle = cases.map(({ amount, price, days }) => secondsFor(amount, price, days))

  expect(rows.map(({ seconds }) => seconds)).toEqual(oracle)
  expect(
    cases.map(({ amount, price, days }) => secondsBought(minor(amount), minor(price), days)),
  ).toEqual(oracle)
})

test('the period of a day is the same everywhere, and periods follow each other without a gap', async () => {
  const cases = samples(
    fc.record({
      date: fc.integer({ min: 1, max: 31 }),
      day: fc.integer({ min: dayOf(2020, 1, 1), max: dayOf(2060, 12, 31) }),
    }),
  )
  const rows = await sql<Array<{ from: string; until: string }>>`
    select p.starts_on::text as from, p.until_on::text as until
    from jsonb_array_elements(${JSON.stringify(cases)}::text::jsonb) with ordinality as x(c, at)
    cross join lateral billing.period_of(make_date(2000, 1, (c ->> 'date')::integer), date '1970-01-01' + (c ->> 'day')::integer) as p
    order by x.at`
  for (const [at, { date, day }] of cases.entries()) {
    const oracle = periodOf(date, day)
    const said = { from: write(oracle.from), until: write(oracle.until) }
    expect(rows[at]).toEqual(said)
    expect(domainPeriodOf(`2000-01-${String(date).padStart(2, '0')}`, write(day))).toEqual(said)
    expect(read(said.from)).toBe(oracle.from)
    expect(periodOf(date, oracle.until).from).toBe(oracle.until)
    expect(periodOf(date, oracle.from - 1).until).toBe(oracle.from)
  }
})

test('a payment is spread the same everywhere, and no centavo is made or lost', async () => {
  const north = await signUpTenant('North Fiber')
  const cases = samples(
    fc.record({
      payment: fc.integer({ min: 1, max: 900_000 }),
      open: fc.array(fc.record({ due: fc.nat(6), amount: fc.integer({ min: 1, max: 200_000 }) }), {
        maxLength: 6,
      }),
    }),
    25,
  )
  let serial = 900
  for (const { payment, open } of cases) {
    const subscriber = await north.subscriber()
    const invoices = open.map(({ due, amount }) => ({
      id: uuid7(),
      due: write(dayOf(2026, 1, 1) + due),
      amount,
      serial: serial++,
    }))
    await sql`
      insert into billing.invoices
        (tenant_id, id, subscriber_id, state, serial, number, issued_on, due_on, regime, rate_bp, net_minor, total_minor, balance_minor)
      select ${north.id}, (c ->> 'id')::uuid, ${subscriber}, 'open', (c ->> 'serial')::bigint, 'X-' || (c ->> 'serial'), '2025-12-01',
        (c ->> 'due')::date, 'non_vat', 0, (c ->> 'amount')::bigint, (c ->> 'amount')::bigint, (c ->> 'amount')::bigint
      from jsonb_array_elements(${JSON.stringify(invoices)}::text::jsonb) as c`
    const said = await north.owner.call<{
      applies: Array<{ invoice_id: string; amount_minor: number }>
      credit_minor: number
    }>('preview_payment', { subscriber_id: subscriber, amount_minor: payment })
    const domain = allocate(
      minor(payment),
      invoices.map(({ id, due, amount }) => ({ id, dueOn: due, open: minor(amount) })),
    )

    expect(said.applies.map(({ invoice_id, amount_minor }) => [invoice_id, amount_minor])).toEqual(
      domain.allocations.map(({ invoiceId, amount }) => [invoiceId, amount]),
    )
    expect(said.credit_minor).toBe(domain.credit)
    expect(
      said.applies.reduce((sum, { amount_minor }) => sum + amount_minor, said.credit_minor),
    ).toBe(payment)
  }
})

const life = { zone: 'Asia/Manila', rateBp: 1200, months: 14, subscribers: 16 }

test.each([
  { way: { chunk: 1 }, because: 'the size of a chunk does not matter' },
  { way: { chunk: 7, isReversed: true }, because: 'the order within a day does not matter' },
  { way: { isAskedTwice: true }, because: 'running twice changes nothing' },
])(
  '$because',
  async ({ way }) => {
    await expectEqual({ ...life, invoiceDay: 31, seed: SEED }, way)
  },
  300_000,
)

test('many changes of mind, one over the other, are billed as their outcome', async () => {
  const setting = { ...life, invoiceDay: 1, seed: SEED, subscribers: 24, isRestless: true }
  await expectEqual(setting)
}, 300_000)

test('what is given back may be more than an invoice, and planned prices may be planned anew', async () => {
  await expectStoryEqual(hardLives)
})

/** One service for each day of the months around a leap day and a year's end, changed, paused or ended on that day. */
function everyDay(
  calendar: { invoiceDay: number; anchorDate: number | null },
  act: (day: number) => Life[number],
): Story {
  const from = dayOf(2027, 12, 1)
  const anchor = calendar.anchorDate === null ? null : dayOf(2027, 10, calendar.anchorDate)
  return {
    seed: 0,
    zone: 'Asia/Manila',
    invoiceDay: calendar.invoiceDay,
    rateBp: 1200,
    lateFee: null,
    from,
    until: dayOf(2028, 5, 2),
    plans: PLANS,
    turns: [],
    outages: [],
    lives: Array.from({ length: 96 }, (_, at) => [
      { do: 'start', day: from, second: 30_000, plan: at % 2, anchor, ago: 0 },
      act(from + at),
    ]),
  }
}

test.each([
  { invoiceDay: 31, anchorDate: null },
  { invoiceDay: 28, anchorDate: 29 },
  { invoiceDay: 1, anchorDate: 31 },
])(
  'a change, a pause or an end on any day of a winter with a leap day: %o',
  async (calendar) => {
    await expectStoryEqual(
      everyDay(calendar, (day) => {
        const moment = { day, second: 50_000, service: 0 }
        if (day % 3 === 0) return { ...moment, do: 'change', plan: day % 4, shift: 0 }
        if (day % 3 === 1) return { ...moment, do: 'pause', shift: -3, days: 10 }
        return { ...moment, do: 'end', shift: 0 }
      }),
    )
  },
  300_000,
)
