// What nobody will pay is written off, and what comes for it later is recovered.

import { expect, test } from 'vitest'
import {
  askAndVoid,
  entriesOf,
  invoiceOf,
  north,
  PRICE,
  standingOf,
  subscriber,
  writeOff,
} from './corrections.ts'
import { expectSound, pay } from './money.ts'

test('a debt is written off, and money that comes for it later is recovered', async () => {
  const october = await invoiceOf('2026-10-01')
  const note = await writeOff({ invoice_id: october.id })

  expect(await entriesOf(note.id)).toEqual([
    { code: 'bad_debts', amount: PRICE },
    { code: 'subscriber_receivable', amount: -PRICE },
  ])
  expect(await invoiceOf('2026-10-01')).toMatchObject({ state: 'written_off', balance_minor: 0 })
  await expectSound(north)

  // Nobody chose it, so what comes pays what is owed.
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE })
  expect(await standingOf()).toEqual({ balance: 0, credit: 0 })

  const chosen = { subscriber_id: subscriber, amount_minor: 120_000, invoices: [october.id] }
  const preview = await north.owner.call('preview_payment', chosen)
  const taken = await pay(north.owner, chosen)
  expect(preview).toMatchObject({
    applies: [],
    recovers: [{ number: october.number, amount_minor: PRICE, left_minor: 0 }],
    credit_minor: 20_100,
  })
  expect(taken).toMatchObject({ credit_minor: 20_100, recovers: [{ amount_minor: PRICE }] })
  expect(await entriesOf(taken.payment_id)).toEqual([
    { code: 'cash_office', amount: 120_000 },
    { code: 'recovered_debts', amount: -PRICE },
    { code: 'subscriber_credit', amount: -20_100 },
  ])
  await expectSound(north)

  await askAndVoid(taken.payment_id)
  expect(await entriesOf(taken.payment_id)).toEqual([])
  expect(await north.owner.read('write_offs')).toMatchObject([{ recovered_minor: 0 }])
  await expectSound(north)
})

test('only what is owed and past due is a bad debt', async () => {
  const november = await invoiceOf('2026-11-01')
  await expect(writeOff({ invoice_id: november.id })).rejects.toMatchObject({
    detail: 'not_past_due',
  })
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE })
  const october = await invoiceOf('2026-10-01')
  await expect(writeOff({ invoice_id: october.id })).rejects.toMatchObject({
    detail: 'nothing_owed',
  })
})
