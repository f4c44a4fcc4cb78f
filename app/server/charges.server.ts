import type { Charge, ChargePart, NextInvoice, PlanDiscount } from '~/domain/charge'
import { findDeposits, heldOf } from './deposits.server'
import { anyColumnContains, orderOf } from './list-query.server'
import { firstRows, list } from './listing.server'
import type { Db } from './supabase.server'

const columns =
  'id, subscription_id, plan_discount_id, kind, description, amount_minor, percent_bp, parts, is_conditional, starts_on, until_on, remaining, cancelled_at, state'
const listColumns = `${columns}, created_at` as const

/** The charges of a subscriber an address asks for (`?q=&kind=&state=&sort=`): the page and its export read the same list. */
export function findCharges(db: Db, subscriberId: string, params: URLSearchParams) {
  return list<Charge>((how) => {
    let query = db.from('charges').select(listColumns, how).eq('subscriber_id', subscriberId)
    for (const column of ['kind', 'state'] as const) {
      const value = params.get(column)
      if (value) query = query.eq(column, value)
    }
    const typed = params.get('q')?.trim()
    if (typed) query = query.or(anyColumnContains(['description'], typed))
    const order = orderOf(params, ['description', 'amount_minor', 'starts_on'], '-created_at')
    return {
      fitting: query,
      order: [
        { ...order, emptyLast: true },
        { ...order, column: 'id' },
      ],
    }
  })
}

const LATEST_DEPOSITS = 4

/** What stands beside the charges: the invoices that took any, deposits asked and held, the next invoice. */
export async function aroundCharges(
  db: Db,
  subscriberId: string,
  charges: ReadonlyArray<{ id: string }>,
) {
  const [parts, asked, deposits, heldMinor, next] = await Promise.all([
    partsOfCharges(db, charges),
    db
      .from('charges')
      .select(columns)
      .eq('subscriber_id', subscriberId)
      .eq('kind', 'deposit')
      .in('state', ['waiting', 'running'])
      .order('id')
      .overrideTypes<Array<Charge>, { merge: false }>()
      .throwOnError(),
    firstRows(findDeposits(db, new URLSearchParams({ subscriber: subscriberId })), LATEST_DEPOSITS),
    heldOf(db, subscriberId),
    db.rpc('preview_next_invoice', { subscriber_id: subscriberId }).throwOnError(),
  ])
  return { parts, asked: asked.data, deposits, heldMinor, next: next.data as NextInvoice }
}

async function partsOfCharges(db: Db, charges: ReadonlyArray<{ id: string }>) {
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
