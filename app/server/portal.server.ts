import type { Db } from './supabase.server'
import { DatabaseFailure } from './refusal.server'

/** What a subscriber sees of themselves, as the database answers it in one question. */
export type PortalHome = {
  tenant: {
    trade_name: string
    address: string | null
    phone: string | null
    email: string | null
    currency: string
    time_zone: string
  }
  subscriber: { id: string; name: string; account_no: string }
  balance_minor: number
  credit_minor: number
  oldest_due_on: string | null
  services: Array<{
    subscription_id: string
    label: string | null
    plan_name: string
    billing_mode: 'prepaid' | 'postpaid'
    price_minor: number
    state: 'pending' | 'active' | 'terminated'
    paid_until: string | null
    is_on: boolean
    reasons: Array<string>
    /** Time bought that has not ended: what runs, and what waits behind it. */
    periods: Array<{ plan_name: string; starts_at: string; ends_at: string }>
  }>
  open_invoices: Array<{
    id: string
    number: string
    period: string | null
    issued_on: string
    due_on: string
    total_minor: number
    balance_minor: number
    /** What paying by the due day takes off. */
    offer_minor: number
    days_past_due: number
  }>
  recent_receipts: Array<{
    payment_id: string
    number: string | null
    method: string
    amount_minor: number
    received_at: string
    stage: string
  }>
  in_progress: Array<{
    id: string
    method: string
    reference: string
    amount_minor: number
    claimed_at: string
  }>
}

export async function readPortalHome(db: Db): Promise<PortalHome> {
  const { data, error } = await db.rpc('portal_home')
  if (error) throw new DatabaseFailure(error)
  return data as PortalHome
}
