import type { BoughtPeriod, TimeOffer, WaitingPlan } from '~/domain/prepaid'
import type { Db } from './supabase.server'

/** The time that has not ended yet, of these services, in the order it runs. */
export async function boughtTimeOf(db: Db, subscriptionIds: ReadonlyArray<string>) {
  if (subscriptionIds.length === 0) return []
  const { data } = await db
    .from('prepaid_periods')
    .select('id, subscription_id, plan_name, amount_minor, starts_at, ends_at')
    .in('subscription_id', subscriptionIds)
    .is('cancelled_at', null)
    .eq('is_over', false)
    .order('starts_at')
    .overrideTypes<Array<BoughtPeriod>, { merge: false }>()
    .throwOnError()
  return data
}

/** What the whole credit would buy, or null when it buys nothing. */
export async function timeForCredit(db: Db, subscriptionId: string): Promise<TimeOffer | null> {
  const { data, error } = await db.rpc('preview_time', { subscription_id: subscriptionId })
  // A service without a price, say: then the button is not offered, and the payment page says why.
  if (error) return null
  const offer = data as TimeOffer
  return offer.prepaid ? offer : null
}

/** The plan that waits behind the time bought, if one does. */
export async function waitingPlanOf(db: Db, subscriptionId: string, today: string) {
  const { data } = await db
    .from('subscription_terms')
    .select('plan_name, price_minor, from_on')
    .eq('subscription_id', subscriptionId)
    .gt('from_on', today)
    .order('from_on')
    .limit(1)
    .overrideTypes<Array<WaitingPlan>, { merge: false }>()
    .throwOnError()
  return data[0] ?? null
}
