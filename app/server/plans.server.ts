import type { Plan, PlanPrice } from '~/domain/plan'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import type { Db } from './supabase.server'

const planColumns =
  'id, name, billing_mode, prepaid_days, down_mbps, up_mbps, vat_class, is_active, price_minor, subscription_count'

const sortable = ['name', 'billing_mode', 'price_minor', 'subscription_count', 'is_active']

/** Every plan, or those an address asks for; those on offer first. */
export async function plansOf(db: Db, params = new URLSearchParams()) {
  const order = orderOf(params, sortable, '-is_active')
  let query = db.from('plans').select(planColumns)
  const typed = params.get('q')?.trim()
  if (typed) query = query.or(anyColumnContains(['name'], typed))
  const mode = params.get('mode')
  if (mode) query = query.eq('billing_mode', mode)
  const { data } = await query
    .order(order.column, { ascending: order.ascending })
    .order('name')
    .order('id')
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
