// A void invoice keeps its number, gives back its money and lets its days be billed again.

import { expect, test } from 'vitest'
import {
  credit,
  invoiceOf,
  invoices,
  north,
  PRICE,
  standingOf,
  subscriber,
  voidInvoice,
} from './corrections.ts'
import { sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, pay } from './money.ts'

test('a void invoice keeps its number, gives back its money and lets its days be billed again', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE })
  const october = await invoiceOf('2026-10-01')
  await voidInvoice({ invoice_id: october.id })

  const all = await invoices()
  expect(all).toMatchObject([
    { number: october.number, state: 'void', balance_minor: 0 },
    { state: 'paid', balance_minor: 0 },
  ])
  expect(await standingOf()).toEqual({ balance: 0, credit: 0 })
  await expectSound(north)

  await expect(voidInvoice({ invoice_id: october.id })).rejects.toMatchObject({
    detail: 'already_void',
  })
  await bill(north, '2026-11-01', '2026-11-03')
  const again = (await invoices()).filter(({ state }) => state === 'open')
  expect(again).toMatchObject([{ balance_minor: PRICE }])
  await expectSound(north)
})

test('a void invoice cannot be paid, and the refusal says so', async () => {
  const october = await invoiceOf('2026-10-01')
  await voidInvoice({ invoice_id: october.id })
  await expect(
    pay(north.owner, { subscriber_id: subscriber, amount_minor: 500, invoices: [october.id] }),
  ).rejects.toMatchObject({
    detail: 'invoice_void',
    message: `Invoice ${october.number} is void, so nothing can be paid on it. Choose another one.`,
  })
})

test('an invoice is not void when that makes no sense', async () => {
  const october = await invoiceOf('2026-10-01')
  await credit({ invoice_id: october.id, amount_minor: 5 })
  await expect(voidInvoice({ invoice_id: october.id })).rejects.toMatchObject({
    detail: 'invoice_credited',
  })

  const ben = await north.subscriber({ name: 'Ben' })
  const time = await north.service(
    ben,
    await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 100_000 }),
  )
  await pay(north.owner, { subscriber_id: ben, subscription_id: time, amount_minor: 100_000 })
  const [sale] = await invoices(ben)
  await expect(voidInvoice({ invoice_id: sale?.id })).rejects.toMatchObject({
    detail: 'invoice_of_time',
  })

  await north.owner.call('close_month', { month: '2026-09-01' }).catch(() => null)
  await sql`
    insert into ledger.periods (tenant_id, month, state, closed_at, trial_balance_hash)
    values (${north.id}, '2026-11-01', 'closed', clock.now(), repeat('0', 64))
    on conflict (tenant_id, month) do update set state = 'closed'
  `
  const november = await invoiceOf('2026-11-01')
  await expect(voidInvoice({ invoice_id: november.id })).rejects.toMatchObject({
    detail: 'invoice_month_closed',
  })
})

test('a one-time charge of a void invoice waits for the next one again', async () => {
  const { id } = await north.owner.call<{ id: string }>('save_charge', {
    charge: {
      id: uuid7(),
      subscriber_id: subscriber,
      kind: 'one_time',
      description: 'Router',
      amount_minor: 50_000,
      starts_on: '2026-11-03',
    },
  })
  await bill(north, '2026-12-01')
  const december = await invoiceOf('2026-12-01')
  expect(december.balance_minor).toBe(PRICE + 50_000)
  await voidInvoice({ invoice_id: december.id })
  await bill(north, '2026-12-01')

  const after = (await invoices()).filter(({ period }) => period === '2026-12-01')
  expect(after).toMatchObject([{ state: 'void' }, { state: 'open', balance_minor: PRICE + 50_000 }])
  expect(await north.owner.read('charges', { id })).toMatchObject([{ remaining: 0 }])
  await expectSound(north)
})
