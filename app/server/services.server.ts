import type { Hold, Service } from '~/domain/subscriber'
import type { Db } from './supabase.server'

const serviceColumns =
  'id, label, billing_mode, state, plan_name, price_minor, activated_on, terminated_on, paid_until, is_on, reasons'

export type ServiceWithHolds = Service & { holds: Array<Hold> }

/** The services of a subscriber, those in force first, each with its open holds. */
export async function servicesOf(db: Db, subscriberId: string): Promise<Array<ServiceWithHolds>> {
  const { data: services } = await db
    .from('subscriptions')
    .select(serviceColumns)
    .eq('subscriber_id', subscriberId)
    .order('state')
    .order('activated_on', { ascending: false })
    .overrideTypes<Array<Service>, { merge: false }>()
    .throwOnError()
  if (services.length === 0) return []

  const { data: holds } = await db
    .from('holds')
    .select('id, subscription_id, kind, reason, opened_at, opened_by_name')
    .in(
      'subscription_id',
      services.map((service) => service.id),
    )
    .is('closed_at', null)
    .order('opened_at')
    .overrideTypes<Array<Hold>, { merge: false }>()
    .throwOnError()

  return services.map((service) => ({
    ...service,
    holds: holds.filter((hold) => hold.subscription_id === service.id),
  }))
}
