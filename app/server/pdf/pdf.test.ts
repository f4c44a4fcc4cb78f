import { expect, test } from 'vitest'
import type { Brand, InvoiceDocument, InvoiceLine, PdfJob, ReceiptDocument } from './documents'
import { printColor, ink } from './look'
import { drawPdf } from './pdf.server'

const brand: Brand = {
  trade_name: 'Kagay-an Fiber Internet Services and Trading of Northern Mindanao',
  legal_name: 'Kagay-an Fiber OPC',
  tin: '123-456-789-00000',
  address: null,
  brand_color: '#0d7a4f',
  currency: 'PHP',
  time_zone: 'Asia/Manila',
}

const line: InvoiceLine = {
  line: 1,
  kind: 'recurring',
  description: 'Fiber 50, 1 Nov 2026 to 30 Nov 2026',
  service_from: '2026-10-31T16:00:00+00:00',
  service_until: '2026-11-30T16:00:00+00:00',
  vat_class: 'vatable',
  net_minor: 102_679,
  vat_minor: 12_321,
  total_minor: 115_000,
}

const invoice: InvoiceDocument = {
  id: '01a1fc76-7e99-7066-8d16-c7f9d8c3a563',
  state: 'open',
  number: 'INV-000042',
  subscriber_id: '01a1fc76-7e99-7066-8d16-c7f9d8c3a564',
  period: '2026-11-01',
  issued_on: '2026-11-01',
  due_on: '2026-11-11',
  regime: 'vat',
  rate_bp: 1200,
  net_minor: 102_679,
  vat_minor: 12_321,
  total_minor: 115_000,
  balance_minor: 115_000,
  seller: { trade_name: brand.trade_name },
  buyer: { name: 'Peñaranda, María', account_no: '001042' },
  voided_at: null,
  void_reason: null,
  brand,
  days_past_due: 0,
  lines: [line],
  vat_summary: { vatable_minor: 102_679, exempt_minor: 0, zero_rated_minor: 0, vat_minor: 12_321 },
  payments: [],
  credit_notes: [],
  offers: [
    {
      description: 'On time',
      amount_minor: 5_000,
      pay_by_on: '2026-11-11',
      earned_at: null,
      earned_minor: 0,
    },
  ],
  reprint: 0,
}

const receipt: ReceiptDocument = {
  payment_id: '01a1fc76-7e99-7066-8d16-c7f9d8c3a565',
  receipt_number: 'R-D03-000123',
  manual_serial: null,
  stage: 'posted',
  seller: brand,
  subscriber: null,
  method: 'cash',
  reference: null,
  amount_minor: 9_999_999_999,
  received_at: '2026-11-03T08:00:00Z',
  voided_at: null,
  received_by_name: null,
  reprint: 2,
  balance_minor: 0,
  credit_minor: 0,
  applies: [],
  prepaid: null,
  disclaimer: 'THIS DOCUMENT IS NOT VALID FOR CLAIM OF INPUT TAX',
}

const checkUrl = 'https://linyada.example/r/01a1fc76-7e99-7066-8d16-c7f9d8c3a565'

const jobs: Array<[string, PdfJob]> = [
  ['a VAT invoice', { kind: 'invoices', invoices: [invoice] }],
  [
    'a void non-VAT invoice of many lines',
    {
      kind: 'invoices',
      invoices: [
        {
          ...invoice,
          state: 'void',
          regime: 'non_vat',
          lines: Array.from({ length: 60 }, (_, index) => ({ ...line, line: index + 1 })),
        },
      ],
    },
  ],
  ['a receipt for a roll', { kind: 'receipt', receipt, paper: '58', checkUrl }],
  [
    'a void receipt on a sheet',
    { kind: 'receipt', receipt: { ...receipt, stage: 'void' }, paper: 'a4', checkUrl },
  ],
  [
    'an empty statement',
    {
      kind: 'statement',
      statement: {
        brand,
        subscriber: { name: 'Peñaranda, María', account_no: '001042', address: null },
        from_on: '2026-09-01',
        until_on: '2026-11-21',
        today: '2026-11-21',
        opening_minor: 0,
        closing_minor: -5_000,
        lines: [],
        on_the_way: [],
        deposit_minor: 0,
      },
    },
  ],
]

test.each(jobs)('%s is drawn', async (_, job) => {
  const pdf = await drawPdf(job)

  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  expect(pdf.byteLength).toBeGreaterThan(5_000)
})

test('a document that cannot be drawn fails alone; the next one is drawn', async () => {
  const broken = { ...invoice, issued_on: 'not a day' }

  await expect(drawPdf({ kind: 'invoices', invoices: [broken] })).rejects.toThrow('not a day')
  await expect(drawPdf({ kind: 'invoices', invoices: [invoice] })).resolves.toBeDefined()
})

test('the page does not wait for the picture', async () => {
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 5)
  await drawPdf({ kind: 'invoices', invoices: Array.from({ length: 10 }, () => invoice) })
  clearInterval(timer)

  expect(ticks).toBeGreaterThan(10)
})

test.each([
  ['#ffee00', ink],
  ['#0d7a4f', '#0d7a4f'],
  [null, ink],
])('the colour %s prints as %s', (color, printed) => {
  expect(printColor(color)).toBe(printed)
})
