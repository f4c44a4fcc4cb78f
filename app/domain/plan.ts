export type Plan = {
  id: string
  name: string
  billing_mode: 'prepaid' | 'postpaid'
  prepaid_days: number | null
  down_mbps: number
  up_mbps: number
  vat_class: 'vatable' | 'exempt' | 'zero_rated'
  is_active: boolean
  price_minor: number | null
  subscription_count: number
}

/** A price of a plan, from a day until the day before another begins. */
export type PlanPrice = {
  id: string
  price_minor: number
  from_on: string
  until_on: string | null
}
