import { idIn } from './list-query.server'
import type { Db } from './supabase.server'

export type Payer = {
  id: string
  name: string
  account_no: string
  address: string | null
  phone: string | null
  balance_minor: number
  credit_minor: number
  oldest_due_on: string | null
  prepaid: Array<PrepaidService>
}

export type PrepaidService = {
  subscription_id: string
  plan_name: string
  price_minor: number
  prepaid_days: number
}

type Service = {
  id: string
  billing_mode: 'prepaid' | 'postpaid'
  state: string
  plan_name: string | null
  price_minor: number | null
  prepaid_days: number | null
}

/** What the counter must know of who stands there, or null when there is no such subscriber. */
export async function readPayer(db: Db, id: string): Promise<Payer | null> {
  if (!idIn(id)) return null
  const [{ data: subscriber }, { data: services }] = await Promise.all([
    db.from('subscribers').select().eq('id', id).maybeSingle().throwOnError(),
    db
      .from('subscriptions')
      .select('id, billing_mode, state, plan_name, price_minor, prepaid_days')
      .eq('subscriber_id', id)
      .order('activated_on')
      .throwOnError(),
  ])
  if (!subscriber) return null

  return {
    id: subscriber.id,
    name: subscriber.name,
    account_no: subscriber.account_no,
    address: [subscriber.purok, subscriber.barangay].filter(Boolean).join(', ') || null,
    phone: subscriber.phone,
    balance_minor: subscriber.balance_minor,
    credit_minor: subscriber.credit_minor,
    oldest_due_on: subscriber.oldest_due_on,
    prepaid: (services as Array<Service>).flatMap(prepaidOf),
  }
}

function prepaidOf(service: Service): Array<PrepaidService> {
  const { id, billing_mode, state, plan_name, price_minor, prepaid_days } = service
  if (billing_mode !== 'prepaid' || state !== 'active') return []
  if (plan_name === null || price_minor === null || prepaid_days === null) return []
  return [{ subscription_id: id, plan_name, price_minor, prepaid_days }]
}
