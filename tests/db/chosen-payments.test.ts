// The payer may choose what is paid, pay ahead, and be heard of late.

import { expect, test } from 'vitest'
import { invoiceOf, north, PRICE, subscriber } from './corrections.ts'
import { sql } from './database.ts'
import { expectSound, noon, pay } from './money.ts'

test('the payer may choose which invoices are paid', async () => {
  const november = await invoiceOf('2026-11-01')
  const chosen = { subscriber_id: subscriber, amount_minor: PRICE + 100, invoices: [november.id] }
  const preview = await north.owner.call('preview_payment', chosen)
  const taken = await pay(north.owner, chosen)

  expect(preview).toMatchObject({
    applies: [{ number: november.number, settles: true }],
    credit_minor: 100,
    open_after_minor: PRICE,
  })
  expect(taken.applies).toEqual(preview['applies'])
  expect(await invoiceOf('2026-10-01')).toMatchObject({ state: 'open', balance_minor: PRICE })
  await expect(pay(north.owner, chosen)).rejects.toMatchObject({ detail: 'invoice_paid' })
  const other = await north.subscriber()
  await expect(pay(north.owner, { ...chosen, subscriber_id: other })).rejects.toMatchObject({
    detail: 'invoice_unknown',
  })
  expect(await north.owner.call('spend_credit', { subscriber_id: subscriber })).toEqual({
    used_minor: 100,
    credit_minor: 0,
  })
  await expectSound(north)
})

test('paying ahead says for how many months the credit will do', async () => {
  const ask = (months: number, more = 0) =>
    north.owner.call('preview_payment', {
      subscriber_id: subscriber,
      amount_minor: PRICE * (2 + months) + more,
    })
  expect(await ask(0, 5)).toMatchObject({ ahead: null })
  expect(await ask(3, 5)).toMatchObject({
    credit_minor: PRICE * 3 + 5,
    ahead: { months: 3, first_on: '2026-12-01', last_on: '2027-02-01', left_minor: 5 },
  })
})

test('a payment heard of after its month was closed posts on the first open day', async () => {
  await sql`
    insert into ledger.periods (tenant_id, month, state, closed_at, trial_balance_hash)
    values (${north.id}, '2026-10-01', 'closed', clock.now(), repeat('0', 64))
  `
  const taken = await pay(north.owner, {
    subscriber_id: subscriber,
    amount_minor: 500,
    received_at: noon('2026-10-30'),
  })
  expect(
    await sql`
      select to_char(accounting_on, 'YYYY-MM-DD') as booked, occurred_at from ledger.transactions where source_id = ${taken.payment_id}
    `,
  ).toEqual([{ booked: '2026-11-01', occurred_at: new Date(noon('2026-10-30')) }])
})
