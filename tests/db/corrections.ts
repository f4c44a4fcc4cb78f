// What the tests of corrections share: an ISP that billed a subscriber for two months, and each correction as a call.

import { beforeEach } from 'vitest'
import { setClock, sql } from './database.ts'
import { uuid7 } from './ids.ts'
import { bill, noon } from './money.ts'
import { type Person, signUpTenant, type Tenant } from './story.ts'

export const PRICE = 99_900

export type Done = {
  id: string
  state: 'waiting' | 'done' | 'refused' | 'expired' | 'withdrawn'
  amount_minor: number
  number?: string
  payment_id?: string
  note?: string | null
  duplicate?: boolean
}
export type Invoice = {
  id: string
  number: string
  state: string
  balance_minor: number
  period: string
}

export let north: Tenant
export let manager: Person
export let subscriber: string

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

export async function invoices(of = subscriber) {
  const all = await north.owner.read<Invoice & { subscriber_id: string }>('invoices')
  return all.filter(({ subscriber_id }) => subscriber_id === of)
}

export async function invoiceOf(period: string) {
  const found = (await invoices()).find((invoice) => invoice.period === period)
  if (!found) throw new Error(`No invoice of ${period}`)
  return found
}

export async function standingOf(id = subscriber) {
  const [found] = await north.owner.read<{ balance_minor: number; credit_minor: number }>(
    'subscribers',
    { id },
  )
  return { balance: found?.balance_minor, credit: found?.credit_minor }
}

export async function entriesOf(source: string) {
  return sql`
    select a.code, sum(e.amount_minor)::int as amount
    from ledger.transactions as t
    join ledger.entries as e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    join ledger.accounts as a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where t.source_id = ${source} group by a.code having sum(e.amount_minor) <> 0 order by a.code
  `
}

export const correct =
  (name: string, argument: string) => (fields: Record<string, unknown>, by?: Person) =>
    (by ?? north.owner).call<Done>(name, {
      [argument]: { id: uuid7(), reason: 'Because it was wrong', ...fields },
    })
export const credit = correct('issue_credit_note', 'credit_note')
export const voidInvoice = correct('void_invoice', 'invoice_void')
export const writeOff = correct('write_off_invoice', 'write_off')
export const refund = correct('refund', 'refund')
export const transfer = correct('transfer_payment', 'transfer')
export const bounce = correct('bounce_cheque', 'bounce')

export const approve = (request: { id: string }, by = manager) =>
  by.call<Done>('approve_correction', { correction_id: request.id })

export async function limitOf(amount: number | null) {
  await north.owner.call('save_billing_settings', { settings: { approval_limit_minor: amount } })
}

export async function withVat() {
  await setClock(noon('2026-11-20'))
  await north.owner.call('save_tax_regime', {
    regime: 'vat',
    rate_bp: 1200,
    effective_from: '2026-12-01',
  })
  return bill(north, '2026-12-01')
}

export async function askAndVoid(payment: string) {
  const { request_id } = await north.owner.call<{ request_id: string }>('request_void', {
    payment_id: payment,
    reason: 'Wrong',
  })
  await manager.call('approve_void', { request_id })
}
