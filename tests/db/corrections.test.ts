// What is posted is put right by another fact: credit notes, void invoices, write-offs, refunds, transfers, bounced cheques, certificates.

import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { ownDatabase, setClock, sql } from './database.ts'
import { billedSubscriber, phoneOf } from './field.ts'
import { uuid7 } from './ids.ts'
import { bill, expectSound, noon, pay } from './money.ts'
import { type Person, signUpTenant, type Stage, type Tenant } from './story.ts'

const PRICE = 99_900

type Done = {
  id: string
  state: 'waiting' | 'done' | 'refused' | 'expired' | 'withdrawn'
  amount_minor: number
  number?: string
  payment_id?: string
  note?: string | null
  duplicate?: boolean
}
type Invoice = { id: string; number: string; state: string; balance_minor: number; period: string }

let north: Tenant
let manager: Person
let subscriber: string

beforeEach(async () => {
  await setClock(noon('2026-09-05'))
  north = await signUpTenant('North Fiber')
  manager = await north.member('invoices.manage', 'corrections.approve', 'payments.approve_void')
  subscriber = await north.subscriber()
  await north.service(subscriber, await north.plan({ price_minor: PRICE }), '2026-10-01')
  await bill(north, '2026-10-01')
  await bill(north, '2026-11-01')
  await setClock(noon('2026-11-03'))
})

async function invoices(of = subscriber) {
  const all = await north.owner.read<Invoice & { subscriber_id: string }>('invoices')
  return all.filter(({ subscriber_id }) => subscriber_id === of)
}

async function invoiceOf(period: string) {
  const found = (await invoices()).find((invoice) => invoice.period === period)
  if (!found) throw new Error(`No invoice of ${period}`)
  return found
}

async function standingOf(id = subscriber) {
  const [found] = await north.owner.read<{ balance_minor: number; credit_minor: number }>(
    'subscribers',
    { id },
  )
  return { balance: found?.balance_minor, credit: found?.credit_minor }
}

async function entriesOf(source: string) {
  return sql`
    select a.code, sum(e.amount_minor)::int as amount
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.source_id = ${source} group by a.code having sum(e.amount_minor) <> 0 order by a.code
  `
}

const correct =
  (name: string, argument: string) => (fields: Record<string, unknown>, by?: Person) =>
    (by ?? north.owner).call<Done>(name, {
      [argument]: { id: uuid7(), reason: 'Because it was wrong', ...fields },
    })
const credit = correct('issue_credit_note', 'credit_note')
const voidInvoice = correct('void_invoice', 'invoice_void')
const writeOff = correct('write_off_invoice', 'write_off')
const refund = correct('refund', 'refund')
const transfer = correct('transfer_payment', 'transfer')
const bounce = correct('bounce_cheque', 'bounce')

const approve = (request: { id: string }, by = manager) =>
  by.call<Done>('approve_correction', { correction_id: request.id })

test('who may approve is told what is asked and by which way money goes back, and nothing else', async () => {
  await limitOf(0)
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 4 })
  await refund({
    subscriber_id: subscriber,
    amount_minor: 50_000,
    method: 'gcash',
    reference: 'GC-77',
  })
  await credit({ invoice_id: (await invoiceOf('2026-10-01')).id, amount_minor: 10_000 })
  const [payment] = await north.owner.read('payments')
  await north.owner.call('request_void', { payment_id: payment?.id, reason: 'Twice' })

  const decider = await north.member('corrections.approve')
  expect(await decider.read('subscribers')).toEqual([])
  const told = await decider.read('approvals')
  expect(told.find(({ kind }) => kind === 'refund')).toMatchObject({
    subscriber_name: 'Ana Reyes',
    amount_minor: 50_000,
    method: 'gcash',
    reference: 'GC-77',
  })
  expect(told.find(({ kind }) => kind === 'credit_note')).toMatchObject({
    invoice_number: expect.any(String),
    method: null,
  })
  expect(told.map(({ kind }) => kind)).not.toContain('payment_void')

  const voider = await north.member('payments.approve_void')
  expect(await voider.read('approvals')).toMatchObject([
    { kind: 'payment_void', subscriber_name: 'Ana Reyes', amount_minor: PRICE * 4 },
  ])
  const nobody = await north.member('subscribers.read')
  expect(await nobody.read('approvals')).toEqual([])
})

async function limitOf(amount: number | null) {
  await north.owner.call('save_billing_settings', { settings: { approval_limit_minor: amount } })
}

async function withVat() {
  await setClock(noon('2026-11-20'))
  await north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-12-01',
  })
  return bill(north, '2026-12-01')
}

// Credit notes

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

// Two people

test('above the limit one asks and another makes it; a retry is the same request', async () => {
  await limitOf(50_000)
  const { id } = await invoiceOf('2026-10-01')
  const request = { id: uuid7(), invoice_id: id, amount_minor: 50_001, reason: 'Storm' }

  const asked = await credit(request, manager)
  expect(asked).toMatchObject({ state: 'waiting' })
  expect(await credit(request, manager)).toMatchObject({ state: 'waiting', duplicate: true })
  await expect(credit({ ...request, amount_minor: 60_000 }, manager)).rejects.toMatchObject({
    detail: 'correction_conflict',
  })
  await expect(credit({ ...request, id: uuid7() }, manager)).rejects.toMatchObject({
    detail: 'correction_waiting',
  })
  expect(await invoiceOf('2026-10-01')).toMatchObject({ balance_minor: PRICE })
  expect(await north.owner.read('approvals')).toMatchObject([
    { kind: 'credit_note', state: 'waiting', asked_by_name: 'Somebody', amount_minor: 50_001 },
  ])

  await expect(approve(asked)).rejects.toMatchObject({ detail: 'second_person_needed' })
  expect(await approve(asked, north.owner)).toMatchObject({ state: 'done', number: 'CN-000001' })
  await expect(approve(asked, north.owner)).rejects.toMatchObject({ detail: 'request_decided' })
  expect(await credit(request, manager)).toMatchObject({ state: 'done', number: 'CN-000001' })
  expect(await invoiceOf('2026-10-01')).toMatchObject({ balance_minor: PRICE - 50_001 })
  await expectSound(north)
})

test('a request ends when its invoice changed meanwhile', async () => {
  await limitOf(0)
  const { id } = await invoiceOf('2026-10-01')
  const asked = await credit({ invoice_id: id, amount_minor: 5_000 })
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: 100 })

  expect(await approve(asked)).toMatchObject({ state: 'expired', note: expect.any(String) })
  expect(await north.owner.read('credit_notes')).toEqual([])
  expect(await credit({ invoice_id: id, amount_minor: 5_000 })).toMatchObject({ state: 'waiting' })
  await expectSound(north)
})

test('a request is refused with a reason, or taken back by who asked', async () => {
  await limitOf(0)
  const { id } = await invoiceOf('2026-10-01')
  const first = await credit({ invoice_id: id, amount_minor: 5_000 })
  await expect(
    manager.call('withdraw_correction', { correction_id: first.id }),
  ).rejects.toMatchObject({ detail: 'not_the_asker' })
  await manager.call('refuse_correction', { correction_id: first.id, reason: 'Not so' })
  const second = await credit({ invoice_id: id, amount_minor: 6_000 })
  await north.owner.call('withdraw_correction', { correction_id: second.id })

  expect(await north.owner.read('approvals')).toMatchObject([
    { state: 'refused', decision_note: 'Not so' },
    { state: 'withdrawn' },
  ])
  expect(await north.owner.read('credit_notes')).toEqual([])
})

test('each thing needs its permission', async () => {
  const { id } = await invoiceOf('2026-10-01')
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: 500_000 })
  const cashier = await north.member('billing.read', 'payments.read', 'payments.record')
  for (const attempt of [
    () => credit({ invoice_id: id, amount_minor: 5 }, cashier),
    () => voidInvoice({ invoice_id: id }, cashier),
    () => writeOff({ invoice_id: id }, cashier),
    () => refund({ payment_id: taken.payment_id, amount_minor: 5, method: 'cash' }, cashier),
    () => transfer({ payment_id: taken.payment_id, subscriber_id: subscriber }, cashier),
    () => bounce({ payment_id: taken.payment_id }, cashier),
    () => approve({ id: uuid7() }, cashier),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'PT403' })
  }
})

// Void invoices

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

// Bad debts

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

async function askAndVoid(payment: string) {
  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id: payment,
    reason: 'Wrong',
  })
  await manager.call('approve_void', { request_id })
}

// Refunds

test('credit is given back, never more than there is', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 2 + 30_000 })
  const cash = { subscriber_id: subscriber, method: 'cash' }
  await expect(refund({ ...cash, amount_minor: 30_001 })).rejects.toMatchObject({
    detail: 'refund_beyond_credit',
  })
  const given = await refund({ ...cash, amount_minor: 20_000 })

  expect(await entriesOf(given.id)).toEqual([
    { code: 'cash_office', amount: -20_000 },
    { code: 'subscriber_credit', amount: 20_000 },
  ])
  expect(await standingOf()).toEqual({ balance: 0, credit: 10_000 })
  await expect(refund({ ...cash, method: 'gcash', amount_minor: 5 })).rejects.toMatchObject({
    detail: 'reference_missing',
  })
  await refund({ ...cash, method: 'gcash', reference: 'G 1', amount_minor: 10_000 })
  await expectSound(north)
})

test('a refund opens the latest of what its payment settled first, and leaves the oldest settled', async () => {
  const months = ['2026-12-01', '2027-01-01', '2027-02-01', '2027-03-01', '2027-04-01']
  for (const month of months) await bill(north, month)
  const open = await north.owner.read<{ due_on: string; balance_minor: number }>('invoices', {
    subscriber_id: subscriber,
    state: 'open',
  })
  const owed = open.reduce((sum, { balance_minor }) => sum + balance_minor, 0)
  const { payment_id } = await pay(north.owner, {
    subscriber_id: subscriber,
    amount_minor: owed,
    pay_ahead: true,
  })
  await refund({ payment_id, method: 'cash', amount_minor: PRICE + 5 })

  const balances = await north.owner.read<{ due_on: string; balance_minor: number }>('invoices', {
    subscriber_id: subscriber,
  })
  expect(
    balances
      .sort((a, b) => a.due_on.localeCompare(b.due_on))
      .map(({ balance_minor }) => balance_minor),
  ).toEqual([...balances.slice(2).map(() => 0), 5, PRICE])
  await expectSound(north)
})

test('a refunded payment opens what it paid, and cannot be void as well', async () => {
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE + 5_000 })
  const back = { payment_id: taken.payment_id, method: 'cash' }
  await expect(refund({ ...back, amount_minor: PRICE + 5_001 })).rejects.toMatchObject({
    detail: 'refund_beyond_payment',
  })
  await refund({ ...back, amount_minor: 5_000 })
  expect(await standingOf()).toEqual({ balance: PRICE, credit: 0 })
  await expectSound(north)

  await refund({ ...back, amount_minor: PRICE })
  expect(await standingOf()).toEqual({ balance: PRICE * 2, credit: 0 })
  await expect(askAndVoid(taken.payment_id)).rejects.toMatchObject({ detail: 'payment_refunded' })
  await expect(refund({ ...back, amount_minor: 1 })).rejects.toMatchObject({
    detail: 'refund_beyond_payment',
  })
  await expectSound(north)
})

test('what is held as a deposit is not given back as a refund of its payment', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 3, pay_ahead: true })
  const payment_id = uuid7()
  await north.owner.call('take_deposit', {
    deposit: {
      id: uuid7(),
      payment_id,
      subscriber_id: subscriber,
      amount_minor: 5_000,
      method: 'cash',
    },
  })
  expect(await north.owner.read('payments', { id: payment_id })).toMatchObject([
    { amount_minor: 5_000, deposited_minor: 5_000 },
  ])
  // There is other credit, which this payment did not bring.
  await expect(refund({ payment_id, method: 'cash', amount_minor: 1 })).rejects.toMatchObject({
    detail: 'refund_beyond_payment',
  })
  await expectSound(north)
})

test('credit that was refunded keeps its payment from being void', async () => {
  const taken = await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 3 })
  await refund({ subscriber_id: subscriber, method: 'cash', amount_minor: 50_000 })
  await expect(askAndVoid(taken.payment_id)).rejects.toMatchObject({ detail: 'credit_refunded' })
  await expectSound(north)
})

// Transfers

test('a payment goes to whom it belongs, with its receipt and its time', async () => {
  const ben = await north.subscriber({ name: 'Ben' })
  const plan = await north.plan({ billing_mode: 'prepaid', prepaid_days: 30, price_minor: 100_000 })
  const time = await north.service(ben, plan, '2026-11-01')
  const taken = await pay(north.owner, {
    subscriber_id: ben,
    subscription_id: time,
    amount_minor: 100_000,
    method: 'gcash',
    reference: '5012',
    received_at: noon('2026-11-02'),
  })
  const moved = await transfer({ payment_id: taken.payment_id, subscriber_id: subscriber })

  expect(await north.owner.read('payments', { id: String(moved.payment_id) })).toMatchObject([
    {
      subscriber_id: subscriber,
      receipt_number: taken.receipt_number,
      reference: '5012',
      stage: 'posted',
      void_of: taken.payment_id,
      allocated_minor: 100_000,
    },
  ])
  expect(await north.owner.read('payments', { id: taken.payment_id })).toMatchObject([
    { stage: 'void', void_kind: 'transferred', goes_on_as: moved.payment_id },
  ])
  const [from, to] = await sql<Array<{ at: Date }>>`
    select received_at as at from collections.payments where tenant_id = ${north.id} order by recorded_at, id
  `
  expect(from?.at).toEqual(to?.at)
  expect(await north.owner.read('subscriptions', { id: time })).toMatchObject([
    { paid_until: null },
  ])
  expect(await standingOf()).toEqual({ balance: PRICE * 2 - 100_000, credit: 0 })
  expect(await standingOf(ben)).toEqual({ balance: 0, credit: 0 })
  await expectSound(north)

  await expect(
    transfer({ payment_id: taken.payment_id, subscriber_id: subscriber }),
  ).rejects.toMatchObject({ detail: 'already_void' })
  await expect(
    transfer({ payment_id: moved.payment_id, subscriber_id: subscriber }),
  ).rejects.toMatchObject({ detail: 'same_subscriber' })
})

test('cash of the field is transferred before, while and after it is handed in', async () => {
  const carlo = await north.collector()
  const ana = await billedSubscriber(north, carlo)
  const phone = await phoneOf(carlo)
  await phone.push(phone.payment(ana, 60_000), phone.payment(ana, 10_000))
  const [first, second] = await north.owner.read<{ id: string }>('payments', { subscriber_id: ana })
  await transfer({ payment_id: first?.id, subscriber_id: subscriber })
  await expectSound(north)

  const remittance = uuid7()
  await carlo.call('submit_remittance', {
    remittance: { id: remittance, declared_minor: 70_000, denominations: {} },
  })
  await transfer({ payment_id: second?.id, subscriber_id: subscriber })
  await north.owner.call('count_remittance', { remittance_id: remittance, counted_minor: 70_000 })
  await expectSound(north)

  const [moved] = await north.owner.read<{ id: string; stage: string }>('payments', {
    void_of: String(second?.id),
  })
  expect(moved?.stage).toBe('remitted')
  await transfer({ payment_id: moved?.id, subscriber_id: ana })
  await expectSound(north)
})

// Cheques and certificates

test('a bounced cheque opens its invoices again, with a fee, and may come once more', async () => {
  const cheque = {
    subscriber_id: subscriber,
    amount_minor: PRICE * 2,
    method: 'cheque',
    reference: 'BPI 77',
  }
  const taken = await pay(north.owner, cheque)
  expect(await standingOf()).toEqual({ balance: 0, credit: 0 })
  await bounce({ payment_id: taken.payment_id, fee_minor: 30_000 })

  expect(await entriesOf(taken.payment_id)).toEqual([])
  expect(await standingOf()).toEqual({ balance: PRICE * 2, credit: 0 })
  expect(await north.owner.read('payments')).toMatchObject([
    { stage: 'void', void_kind: 'bounced' },
  ])
  expect(await north.owner.read('charges')).toMatchObject([
    { description: 'Returned cheque BPI 77', amount_minor: 30_000 },
  ])
  await pay(north.owner, cheque)
  await expectSound(north)

  const cash = await pay(north.owner, { subscriber_id: subscriber, amount_minor: 100 })
  await expect(bounce({ payment_id: cash.payment_id })).rejects.toMatchObject({
    detail: 'not_a_cheque',
  })
})

test('cash and a certificate settle a bill, and the certificate is waited for', async () => {
  await pay(north.owner, { subscriber_id: subscriber, amount_minor: PRICE * 2 - 2_000 })
  const withheld = { subscriber_id: subscriber, method: 'withholding' }
  await expect(pay(north.owner, { ...withheld, amount_minor: 2_001 })).rejects.toMatchObject({
    detail: 'certificate_beyond_open',
  })
  const taken = await pay(north.owner, { ...withheld, amount_minor: 2_000 })

  expect(await standingOf()).toEqual({ balance: 0, credit: 0 })
  expect(await north.owner.read('certificates')).toMatchObject([
    { state: 'pending', amount_minor: 2_000, subscriber_name: 'Ana Reyes' },
  ])
  expect(await entriesOf(taken.payment_id)).toEqual([
    { code: 'certificates_pending', amount: 2_000 },
    { code: 'subscriber_receivable', amount: -2_000 },
  ])
  await expectSound(north)

  const receive = () =>
    north.owner.call('receive_certificate', {
      payment_id: taken.payment_id,
      received_on: '2026-11-03',
    })
  expect(await receive()).toMatchObject({ state: 'received', duplicate: false })
  expect(await receive()).toMatchObject({ state: 'received', duplicate: true })
  expect(await entriesOf(taken.payment_id)).toEqual([
    { code: 'creditable_tax', amount: 2_000 },
    { code: 'subscriber_receivable', amount: -2_000 },
  ])
  await askAndVoid(taken.payment_id)
  expect(await entriesOf(taken.payment_id)).toEqual([])
  expect(await north.owner.read('certificates')).toMatchObject([{ state: 'void' }])
  await expectSound(north)
})

// Choosing, and paying ahead

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

// Any story

const step = fc.record({
  does: fc.constantFrom(
    'pay',
    'pay',
    'credit',
    'void',
    'invoice',
    'refund',
    'back',
    'move',
    'lose',
    'bill',
    'bounce',
    'recover',
  ),
  amount: fc.integer({ min: 1, max: 250_000 }),
  which: fc.nat({ max: 50 }),
})

test.each(fc.sample(fc.array(step, { minLength: 30, maxLength: 30 }), { numRuns: 5, seed: 7 }))(
  'any story of money and corrections keeps every invariant',
  async (...steps) => {
    await limitOf(null)
    await withVat()
    const other = await north.subscriber({ name: 'Ben' })
    await north.service(other, await north.plan({ price_minor: 77_700 }), '2026-12-01')
    let month = 12
    let done = 0

    for (const { does, amount, which } of steps) {
      const payments = await north.owner.read<{ id: string; method: string; stage: string }>(
        'payments',
      )
      const standing = payments.filter(({ stage }) => stage !== 'void')
      const payment = standing[which % Math.max(standing.length, 1)]?.id
      const all = await north.owner.read<Invoice>('invoices')
      const invoice = all[which % all.length]?.id
      const whom = which % 2 === 0 ? subscriber : other
      const act = {
        pay: () =>
          pay(north.owner, {
            subscriber_id: whom,
            amount_minor: amount,
            ...(which % 3 === 0 ? { method: 'cheque', reference: uuid7() } : {}),
          }),
        credit: () => credit({ invoice_id: invoice, amount_minor: amount }),
        void: () => (payment ? askAndVoid(payment) : null),
        invoice: () => voidInvoice({ invoice_id: invoice }),
        refund: () => refund({ subscriber_id: whom, method: 'cash', amount_minor: amount }),
        back: () => refund({ payment_id: payment, method: 'cash', amount_minor: amount }),
        move: () => transfer({ payment_id: payment, subscriber_id: whom }),
        lose: () => writeOff({ invoice_id: invoice }),
        bounce: () => bounce({ payment_id: payment, fee_minor: which }),
        recover: () =>
          pay(north.owner, { subscriber_id: whom, amount_minor: amount, invoices: [invoice] }),
        bill: async () => {
          month += 1
          const year = 2026 + Math.floor((month - 1) / 12)
          await bill(north, `${year}-${String(((month - 1) % 12) + 1).padStart(2, '0')}-01`)
        },
      }[does]
      // A refusal is an answer too: it leaves nothing behind.
      const answer = await Promise.resolve(act?.()).then(
        () => 'done',
        (error: { code?: string }) => error.code ?? String(error),
      )
      expect(answer).toMatch(/^done$|^PT4/)
      if (answer === 'done') done += 1
      await expectSound(north)
    }
    expect(done).toBeGreaterThan(8)
  },
)

test('the same refund, credit and approval from many hands at once happen once', async () => {
  const own = await ownDatabase()
  const stage = { sql: own.sql, actor: own.actor } as unknown as Stage
  const isp = await signUpTenant('Busy Fiber', stage)
  const ana = await isp.subscriber()
  await pay(isp.owner, { subscriber_id: ana, amount_minor: 100_000 })
  const one = {
    id: uuid7(),
    subscriber_id: ana,
    method: 'cash',
    amount_minor: 30_000,
    reason: 'Left',
  }

  const same = await Promise.all(
    Array.from({ length: 6 }, () => isp.owner.call<Done>('refund', { refund: one })),
  )
  expect(same.filter(({ duplicate }) => !duplicate)).toHaveLength(1)

  const many = await Promise.allSettled(
    Array.from({ length: 6 }, () =>
      isp.owner.call<Done>('refund', { refund: { ...one, id: uuid7() } }),
    ),
  )
  expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect(await isp.owner.read('subscribers')).toMatchObject([{ credit_minor: 10_000 }])
  expect(await own.sql`select * from ledger.offences()`).toEqual([])
})
