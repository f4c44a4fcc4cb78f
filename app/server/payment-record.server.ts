import { paymentColumns, type Payment } from './payments.server'
import type { Db } from './supabase.server'

export type PaymentAllocation = {
  id: string
  invoice_id: string
  invoice_number: string
  period: string | null
  amount_minor: number
  created_at: string
}

export type BoughtPeriod = {
  id: string
  subscription_id: string
  /** The sale of this time is an invoice of its own. */
  invoice_id: string
  plan_name: string | null
  starts_at: string
  ends_at: string
  amount_minor: number
  cancelled_at: string | null
}

export type VoidRequest = {
  id: string
  payment_id: string
  reason: string
  state: 'open' | 'approved' | 'refused'
  requested_by: string
  requested_by_name: string
  requested_at: string
  decided_by_name: string | null
  decided_at: string | null
}

/** One payment, what it paid, the time it bought and who asked to void it; null when nobody may see it. */
export async function readPayment(db: Db, id: string) {
  const { data: payment } = await db
    .from('payments')
    .select(paymentColumns)
    .eq('id', id)
    .maybeSingle()
    .throwOnError()
  if (!payment) return null

  const [allocations, periods, voids] = await Promise.all([
    db.from('allocations').select().eq('payment_id', id).order('created_at').order('id').throwOnError(),
    db.from('prepaid_periods').select().eq('payment_id', id).order('starts_at').throwOnError(),
    db
      .from('void_requests')
      .select()
      .eq('payment_id', id)
      .order('requested_at', { ascending: false })
      .throwOnError(),
  ])
  return {
    payment: payment as Payment,
    allocations: allocations.data as Array<PaymentAllocation>,
    periods: periods.data as Array<BoughtPeriod>,
    voids: voids.data as Array<VoidRequest>,
  }
}

/**
 * What the payment did when it was taken: how much each invoice still lacked right after it, counted
 * from the allocations up to then, whatever came later.
 */
export async function readEffect(db: Db, record: NonNullable<Awaited<ReturnType<typeof readPayment>>>) {
  const taken = record.allocations.filter((allocation) => allocation.amount_minor > 0)
  const ids = [...new Set(taken.map((allocation) => allocation.invoice_id))]
  const [invoices, allocations] = await Promise.all([
    ids.length > 0 ? db.from('invoices').select('id, total_minor').in('id', ids).throwOnError() : { data: [] },
    ids.length > 0 ? db.from('allocations').select().in('invoice_id', ids).throwOnError() : { data: [] },
  ])
  const totals = new Map(invoices.data.map((invoice) => [invoice.id, Number(invoice.total_minor)]))

  function leftAfter(allocation: PaymentAllocation) {
    const paid = (allocations.data as Array<PaymentAllocation>)
      .filter((other) => other.invoice_id === allocation.invoice_id && isUpTo(other, allocation))
      .reduce((sum, other) => sum + other.amount_minor, 0)
    return Math.max((totals.get(allocation.invoice_id) ?? 0) - paid, 0)
  }

  const sales = new Set(record.periods.map((period) => period.invoice_id))
  const applies = taken
    .filter((allocation) => !sales.has(allocation.invoice_id))
    .map((allocation) => ({
      number: allocation.invoice_number,
      period: allocation.period,
      amount_minor: allocation.amount_minor,
      left_minor: leftAfter(allocation),
      settles: leftAfter(allocation) === 0,
    }))

  const [bought] = record.periods
  const used = taken.reduce((sum, allocation) => sum + allocation.amount_minor, 0)
  return {
    applies,
    prepaid: bought
      ? {
          plan_name: bought.plan_name ?? '',
          seconds: (Date.parse(bought.ends_at) - Date.parse(bought.starts_at)) / 1_000,
          ends_at: bought.ends_at,
        }
      : null,
    credit_minor: record.payment.subscriber_id ? record.payment.amount_minor - used : 0,
  }
}

function isUpTo(other: PaymentAllocation, limit: PaymentAllocation) {
  return other.created_at < limit.created_at || (other.created_at === limit.created_at && other.id <= limit.id)
}
