// A credit note lowers what an invoice asks for, with its VAT, and never beyond it.

import { expect, test } from 'vitest'
import {
  credit,
  entriesOf,
  invoiceOf,
  north,
  PRICE,
  standingOf,
  subscriber,
  withVat,
} from './corrections.ts'
import { sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { expectSound, pay } from './money.ts'

test('a credit note lowers what is open, with its share of VAT', async () => {
  await withVat()
  const december = await invoiceOf('2026-12-01')
  const preview = await north.owner.call('preview_credit_note', {
    invoice_id: december.id,
    amount_minor: 33_300,
  })
  const note = await credit({ invoice_id: december.id, amount_minor: 33_300 })

  expect(preview).toMatchObject({ net_minor: 29_732, vat_minor: 3_568, returns_minor: 0 })
  expect(note).toMatchObject({ state: 'done', number: 'CN-000001', amount_minor: 33_300 })
  expect(await entriesOf(note.id)).toEqual([
    { code: 'output_vat', amount: 3_568 },
    { code: 'sales_allowances', amount: 29_732 },
    { code: 'subscriber_receivable', amount: -33_300 },
  ])
  expect(await invoiceOf('2026-12-01')).toMatchObject({ balance_minor: PRICE - 33_300 })
  expect(await north.owner.call('credit_note_document', { credit_note_id: note.id })).toMatchObject(
    {
      number: 'CN-000001',
      invoice_number: december.number,
      lines: [{ total_minor: 33_300 }],
      vat_summary: { vatable_minor: 29_732, vat_minor: 3_568 },
    },
  )
  await expectSound(north)
})

test('notes by any amounts add up to the invoice and its VAT, and not one centavo beyond', async () => {
  await withVat()
  const december = await invoiceOf('2026-12-01')
  const [whole] = await sql<Array<{ vat: number }>>`
    select vat_minor::int as vat from billing.invoices where tenant_id = ${north.id} and id = ${december.id}
  `
  for (const amount_minor of [1, 33_333, 50_000, PRICE - 83_334]) {
    await credit({ invoice_id: december.id, amount_minor })
    await expectSound(north)
  }

  const [notes] = await sql<Array<{ total: number; vat: number }>>`
    select sum(total_minor)::int as total, sum(vat_minor)::int as vat from billing.credit_notes where tenant_id = ${north.id}
  `
  expect(notes).toEqual({ total: PRICE, vat: whole?.vat })
  expect(await invoiceOf('2026-12-01')).toMatchObject({ state: 'paid', balance_minor: 0 })
  await expect(credit({ invoice_id: december.id, amount_minor: 1 })).rejects.toMatchObject({
    detail: 'credited_in_full',
  })
})

test('what was paid already comes back as credit, and pays what else is open', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE })
  const october = await invoiceOf('2026-10-01')
  expect(october).toMatchObject({ state: 'paid' })

  await credit({ invoice_id: october.id, amount_minor: 40_000 })

  expect(await invoiceOf('2026-10-01')).toMatchObject({ state: 'paid', balance_minor: 0 })
  expect(await invoiceOf('2026-11-01')).toMatchObject({ balance_minor: PRICE - 40_000 })
  expect(await standingOf()).toEqual({ balance: PRICE - 40_000, credit: 0 })
  await expectSound(north)
})

test('a credit note by line takes no more than the line charged', async () => {
  await sql`
    insert into billing.charges (tenant_id, subscriber_id, kind, description, amount_minor, starts_on)
    values (${north.id}, ${subscriber}, 'one_time', 'Router', 150000, '2026-11-01'),
      (${north.id}, ${subscriber}, 'discount', 'Promo', -20000, '2026-11-01')
  `
  await withVat()
  const { id } = await invoiceOf('2026-12-01')
  const lines = await sql<Array<{ id: string; description: string }>>`
    select id, description from billing.invoice_lines where tenant_id = ${north.id} and invoice_id = ${id}
  `
  const router = String(lines.find(({ description }) => description === 'Router')?.id)
  const promo = String(lines.find(({ description }) => description === 'Promo')?.id)

  await expect(credit({ invoice_id: id, lines: { [router]: 150_001 } })).rejects.toMatchObject({
    detail: 'beyond_line',
  })
  await expect(credit({ invoice_id: id, lines: { [promo]: 5 } })).rejects.toMatchObject({
    detail: 'beyond_line',
  })
  await expect(credit({ invoice_id: id, lines: { [uuid7()]: 5 } })).rejects.toMatchObject({
    detail: 'line_unknown',
  })
  await credit({ invoice_id: id, lines: { [router]: 150_000 } })
  await expect(credit({ invoice_id: id, lines: { [router]: 1 } })).rejects.toMatchObject({
    detail: 'beyond_line',
  })
  await credit({ invoice_id: id, amount_minor: PRICE - 20_000 })
  expect(await invoiceOf('2026-12-01')).toMatchObject({ state: 'paid', balance_minor: 0 })
  await expectSound(north)
})

test.each([
  [{ amount_minor: 0 }, 'invalid_amount'],
  [{ amount_minor: -5 }, 'invalid_amount'],
  [{ amount_minor: PRICE + 1 }, 'beyond_invoice'],
  [{ lines: {} }, 'invalid_amount'],
  [{}, 'invalid_amount'],
  [{ amount_minor: 5, invoice_id: uuid7() }, 'invoice_unknown'],
  [{ amount_minor: 5, reason: ' x ' }, 'reason_missing'],
  [{ amount_minor: 5, id: 'x' }, 'id_missing'],
])('a credit note of %o is refused as %s and takes no number', async (fields, detail) => {
  const { id } = await invoiceOf('2026-11-01')
  await expect(credit({ invoice_id: id, ...fields })).rejects.toMatchObject({ detail })
  expect(await north.owner.read('document_series', { kind: 'credit_note' })).toMatchObject([
    { next_number: 1 },
  ])
})
