export type SubscriberStatus = 'none' | 'pending' | 'active' | 'suspended' | 'ended'

/** A row of the list of subscribers. */
export type SubscriberListRow = {
  id: string
  account_no: string
  name: string
  phone: string | null
  barangay: string | null
  purok: string | null
  status: SubscriberStatus
  plan_names: string | null
  balance_minor: number
  credit_minor: number
  oldest_due_on: string | null
  days_past_due: number
  paid_until: string | null
  route_name: string | null
}

export type Subscriber = SubscriberListRow & {
  kind: 'person' | 'business'
  first_name: string | null
  last_name: string | null
  contact_person: string | null
  other_phone: string | null
  email: string | null
  tin: string | null
  branch: string
  barangay_id: string | null
  municipality: string | null
  landmark: string | null
  latitude: number | null
  longitude: number | null
  location_source: 'pin' | 'gps' | 'import' | null
  notes: string | null
  route_id: string | null
  created_at: string
}

export type Service = {
  id: string
  label: string | null
  billing_mode: 'prepaid' | 'postpaid'
  state: 'pending' | 'active' | 'terminated'
  plan_name: string
  price_minor: number
  activated_on: string | null
  terminated_on: string | null
  paid_until: string | null
  is_on: boolean
  reasons: Array<string>
}

export type Hold = {
  id: string
  subscription_id: string
  kind: 'nonpayment' | 'manual' | 'vacation' | 'fault' | 'abuse'
  reason: string
  opened_at: string
  opened_by_name: string | null
}

/** What the office acts on: the state of the service, and money that is late. */
export type Standing = 'suspended' | 'overdue' | 'active' | 'pending' | 'ended' | 'none'

export function standingOf(subscriber: {
  status: SubscriberStatus
  days_past_due: number
}): Standing {
  if (subscriber.status === 'active' && subscriber.days_past_due > 0) return 'overdue'
  return subscriber.status
}

/** “Purok 4, Carmen”, as short as it is known. */
export function shortAddress(subscriber: { purok: string | null; barangay: string | null }) {
  return [subscriber.purok, subscriber.barangay].filter(Boolean).join(', ')
}
