import type { Plan, PlanPrice } from '~/domain/plan'
import { idIn } from './list-query.server'
import type { Db } from './supabase.server'

const planColumns =
  'id, name, billing_mode, prepaid_days, down_mbps, up_mbps, vat_class, is_active, price_minor, subscription_count'

/** Every plan, those on offer first. */
export async function plansOf(db: Db) {
  const { data } = await db
    .from('plans')
    .select(planColumns)
    .order('is_active', { ascending: false })
    .order('name')
    .overrideTypes<Array<Plan>, { merge: false }>()
    .throwOnError()
  return data
}

export async function findPlan(db: Db, id: string | undefined) {
  if (!idIn(id)) throw new Response(null, { status: 404 })
  const [plan, prices] = await Promise.all([
    db
      .from('plans')
      .select(planColumns)
      .eq('id', id)
      .maybeSingle()
      .overrideTypes<Plan, { merge: false }>()
      .throwOnError(),
    db
      .from('plan_prices')
      .select('id, price_minor, from_on, until_on')
      .eq('plan_id', id)
      .order('from_on', { ascending: false })
      .overrideTypes<Array<PlanPrice>, { merge: false }>()
      .throwOnError(),
  ])
  if (!plan.data) throw new Response(null, { status: 404 })
  return { plan: plan.data, prices: prices.data }
}
