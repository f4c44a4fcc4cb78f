import type { CreditNote } from './corrections.server'
import type { Invoice } from './invoices.server'
import { idIn } from './list-query.server'
import type { Db } from './supabase.server'

export type InvoiceRecord = Invoice & {
  regime: 'vat' | 'non_vat'
  rate_bp: number
  voided_at: string | null
  void_reason: string | null
}

export type Line = {
  id: string
  line: number
  kind: string
  description: string
  service_from: string | null
  service_until: string | null
  net_minor: number
  vat_minor: number
  total_minor: number
}

export type Offer = {
  id: string
  description: string
  amount_minor: number
  pay_by_on: string
  earned_at: string | null
  earned_minor: number
}

export type Applied = {
  id: string
  payment_id: string | null
  receipt_number: string | null
  amount_minor: number
  created_at: string
}

export type WriteOff = {
  id: string
  amount_minor: number
  recovered_minor: number
  reason: string
  created_at: string
  created_by_name: string | null
}

/** One invoice with its lines and what was applied to it, or null when there is none the person may see. */
export async function readInvoice(db: Db, id: string | undefined) {
  if (!idIn(id)) return null
  const { data: invoice } = await db
    .from('invoices')
    .select()
    .eq('id', id)
    .maybeSingle()
    .throwOnError()
  if (!invoice) return null

  const [
    { data: lines },
    { data: allocations },
    { data: notes },
    { data: writeOffs },
    { data: offers },
    { data: subscriber },
  ] = await Promise.all([
    db.from('invoice_lines').select().eq('invoice_id', id).order('line').throwOnError(),
    db
      .from('allocations')
      .select()
      .eq('invoice_id', id)
      .order('created_at')
      .order('id')
      .throwOnError(),
    db.from('credit_notes').select().eq('invoice_id', id).order('serial').throwOnError(),
    db.from('write_offs').select().eq('invoice_id', id).order('id').throwOnError(),
    db
      .from('charge_parts')
      .select('id, description, amount_minor, pay_by_on, earned_at, earned_minor')
      .eq('invoice_id', id)
      .not('pay_by_on', 'is', null)
      .order('id')
      .throwOnError(),
    db
      .from('subscribers')
      .select('credit_minor')
      .eq('id', invoice.subscriber_id)
      .maybeSingle()
      .throwOnError(),
  ])
  const numbers = await receiptNumbers(db, allocations)

  return {
    invoice: invoice as InvoiceRecord,
    lines: lines as Array<Line>,
    notes: notes as Array<CreditNote>,
    writeOffs: writeOffs as Array<WriteOff>,
    // A part of a discount is below zero; what is offered is not.
    offers: (offers as Array<Offer>).map((offer) => ({
      ...offer,
      amount_minor: -offer.amount_minor,
    })),
    creditMinor: Number(subscriber?.credit_minor ?? 0),
    applied: allocations.map((allocation) => ({
      ...(allocation as Applied),
      receipt_number: numbers.get(String(allocation.payment_id)) ?? null,
    })),
  }
}

async function receiptNumbers(db: Db, allocations: ReadonlyArray<{ payment_id: unknown }>) {
  const ids = allocations.flatMap(({ payment_id }) =>
    payment_id === null ? [] : [String(payment_id)],
  )
  if (ids.length === 0) return new Map<string, string>()
  const { data } = await db
    .from('payments')
    .select('id, receipt_number')
    .in('id', ids)
    .throwOnError()
  return new Map(data.map((payment) => [String(payment.id), String(payment.receipt_number)]))
}
