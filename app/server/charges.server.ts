import type { Charge, ChargePart, Deposit, NextInvoice, PlanDiscount } from '~/domain/charge'
import type { Db } from './supabase.server'

/** All that is charged, discounted and held beside the plans of a subscriber. */
export async function chargesOf(db: Db, subscriberId: string) {
  const [charges, deposits, next] = await Promise.all([
    db
      .from('charges')
      .select(
        'id, subscription_id, plan_discount_id, kind, description, amount_minor, percent_bp, parts, is_conditional, starts_on, until_on, remaining, cancelled_at',
      )
      .eq('subscriber_id', subscriberId)
      .order('created_at', { ascending: false })
      .limit(200)
      .overrideTypes<Array<Charge>, { merge: false }>()
      .throwOnError(),
    db
      .from('deposits')
      .select(
        'id, kind, amount_minor, payment_id, receipt_number, method, reference, note, created_at, created_by_name',
      )
      .eq('subscriber_id', subscriberId)
      .order('id', { ascending: false })
      .overrideTypes<Array<Deposit>, { merge: false }>()
      .throwOnError(),
    db.rpc('preview_next_invoice', { subscriber_id: subscriberId }).throwOnError(),
  ])
  return {
    charges: charges.data,
    parts: await partsOfCharges(db, charges.data),
    deposits: deposits.data,
    next: next.data as NextInvoice,
  }
}

/** What of a subscriber's money is held as a deposit. */
export async function heldOf(db: Db, subscriberId: string) {
  const { data } = await db
    .from('deposits')
    .select('amount_minor')
    .eq('subscriber_id', subscriberId)
    .overrideTypes<Array<{ amount_minor: number }>, { merge: false }>()
    .throwOnError()
  return data.reduce((sum, { amount_minor }) => sum + amount_minor, 0)
}

async function partsOfCharges(db: Db, charges: ReadonlyArray<Charge>) {
  if (charges.length === 0) return []
  const { data } = await db
    .from('charge_parts')
    .select(
      'id, charge_id, invoice_id, invoice_number, invoice_state, issued_on, amount_minor, pay_by_on, earned_at',
    )
    .in(
      'charge_id',
      charges.map(({ id }) => id),
    )
    .order('created_at')
    .overrideTypes<Array<ChargePart>, { merge: false }>()
    .throwOnError()
  return data
}

/** The discounts a plan gives, those on offer first. */
export async function discountsOf(db: Db, planId: string) {
  const { data } = await db
    .from('plan_discounts')
    .select(
      'id, description, amount_minor, percent_bp, months, is_conditional, starts_on, until_on, ended_at, taker_count',
    )
    .eq('plan_id', planId)
    .order('created_at', { ascending: false })
    .overrideTypes<Array<PlanDiscount>, { merge: false }>()
    .throwOnError()
  return data
}
