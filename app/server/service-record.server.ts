import type { NextInvoice, ServiceChange, ServicePause, ServiceTerm } from '~/domain/service-change'
import type { Service } from '~/domain/subscriber'
import { idIn } from './list-query.server'
import type { Db } from './supabase.server'

export type ServiceRecord = Service & {
  subscriber_id: string
  subscriber_name: string
  plan_id: string
  bill_anchor_on: string | null
}

const columns =
  'id, subscriber_id, subscriber_name, label, billing_mode, state, plan_id, plan_name, price_minor, activated_on, terminated_on, bill_anchor_on, paid_until, is_on, reasons'

/** One service with its terms, its pauses, what was done to it, and the next invoice. */
export async function findService(
  db: Db,
  subscriberId: string | undefined,
  id: string | undefined,
) {
  if (!idIn(id) || !idIn(subscriberId)) throw new Response(null, { status: 404 })
  const { data: service } = await db
    .from('subscriptions')
    .select(columns)
    .eq('id', id)
    .eq('subscriber_id', subscriberId)
    .maybeSingle()
    .overrideTypes<ServiceRecord, { merge: false }>()
    .throwOnError()
  if (!service) throw new Response(null, { status: 404 })

  const [terms, pauses, changes, next] = await Promise.all([
    db
      .from('subscription_terms')
      .select('id, plan_name, price_minor, is_special, from_on, until_on')
      .eq('subscription_id', id)
      .order('from_on', { ascending: false })
      .overrideTypes<Array<ServiceTerm>, { merge: false }>()
      .throwOnError(),
    db
      .from('pauses')
      .select('id, kind, from_on, until_on, fee_minor, reason')
      .eq('subscription_id', id)
      .order('from_on', { ascending: false })
      .overrideTypes<Array<ServicePause>, { merge: false }>()
      .throwOnError(),
    db
      .from('subscription_changes')
      .select('id, kind, on_day, reason, answer, made_by_name, made_at')
      .eq('subscription_id', id)
      .order('made_at', { ascending: false })
      .limit(50)
      .overrideTypes<Array<ServiceChange>, { merge: false }>()
      .throwOnError(),
    service.billing_mode === 'postpaid' && service.state === 'active'
      ? db.rpc('next_invoice', { subscription_id: id }).throwOnError()
      : { data: null },
  ])
  return {
    service,
    terms: terms.data,
    pauses: pauses.data,
    changes: changes.data,
    next: next.data as NextInvoice | null,
  }
}
