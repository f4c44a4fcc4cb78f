import { idIn } from './list-query.server'
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

export type Refund = {
  id: string
  method: 'cash' | 'gcash' | 'maya' | 'bank'
  amount_minor: number
  reason: string
  refunded_at: string
  refunded_by_name: string | null
}

export type PaidByCertificate = {
  state: 'pending' | 'received' | 'void'
  received_on: string | null
}

/** One payment, what it paid, the time it bought and who asked to void it; null when nobody may see it. */
export async function readPayment(db: Db, id: string | undefined) {
  if (!idIn(id)) return null
  const { data: payment } = await db
    .from('payments')
    .select(paymentColumns)
    .eq('id', id)
    .maybeSingle()
    .throwOnError()
  if (!payment) return null

  const [allocations, periods, voids, refunds, certificate] = await Promise.all([
    db
      .from('allocations')
      .select()
      .eq('payment_id', id)
      .order('created_at')
      .order('id')
      .throwOnError(),
    db.from('prepaid_periods').select().eq('payment_id', id).order('starts_at').throwOnError(),
    db
      .from('void_requests')
      .select()
      .eq('payment_id', id)
      .order('requested_at', { ascending: false })
      .throwOnError(),
    db.from('refunds').select().eq('payment_id', id).order('refunded_at').throwOnError(),
    db
      .from('certificates')
      .select('state, received_on')
      .eq('payment_id', id)
      .maybeSingle()
      .throwOnError(),
  ])
  return {
    payment: payment as Payment,
    allocations: allocations.data as Array<PaymentAllocation>,
    periods: periods.data as Array<BoughtPeriod>,
    voids: voids.data as Array<VoidRequest>,
    refunds: refunds.data as Array<Refund>,
    certificate: certificate.data as PaidByCertificate | null,
  }
}
