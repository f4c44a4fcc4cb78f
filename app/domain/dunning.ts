/** What the calendar of late payers says. The rule itself is the database's. */

export const stages = ['reminded', 'due', 'warned', 'suspended', 'uncollectible'] as const
export type Stage = (typeof stages)[number]

export const hindrances = [
  'promise',
  'threshold',
  'warning',
  'phone',
  'no_cut_day',
  'hours',
] as const
export type Hindrance = (typeof hindrances)[number]

export type LateInvoice = {
  id: string
  number: string
  subscriber_id: string
  subscriber_name: string
  account_no: string
  due_on: string
  days_past_due: number
  open_minor: number
  stage: Stage | null
  since_on: string | null
  is_cut: boolean
  promised_on: string | null
  waits_for: Hindrance | null
  next_stage: Stage | null
  next_on: string | null
  route_name: string | null
}

export type Round = {
  day: string
  state: 'running' | 'done'
  seen_count: number
  cut_count: number
  last_error: string | null
  finished_at: string | null
  /** Of the newest one: the schedule did not come by. */
  is_late: boolean
}

export const promiseStates = ['open', 'kept', 'broken', 'withdrawn'] as const

export type SubscriberPromise = {
  id: string
  promised_on: string
  amount_minor: number | null
  note: string | null
  state: (typeof promiseStates)[number]
  taken_by_name: string | null
  made_at: string
}

/** Of whom a row of a list of everybody's is. */
type OfSubscriber = { subscriber_id: string; subscriber_name: string; account_no: string }

export type ListedPromise = SubscriberPromise & OfSubscriber

export const feeStates = ['waiting', 'billed', 'waived'] as const

export type LateFee = {
  id: string
  number: string
  amount_minor: number
  created_at: string
  state: (typeof feeStates)[number] | null
  waived_by_name: string | null
  waive_reason: string | null
}

export type ListedFee = LateFee & OfSubscriber & { invoice_id: string }

export type DunningSettings = {
  reminder_days: number
  grace_days: number
  warning_days: number
  suspend_days: number
  uncollectible_days: number
  dunning_on: 'invoice' | 'account'
  suspend_threshold_minor: number
  no_cut_weekdays: Array<number>
  no_cut_days: Array<string>
  cut_from: string
  cut_until: string
  field_silent_hours: number
  promise_days: number
  promise_times: number
  late_fee_kind: 'none' | 'amount' | 'percent'
  late_fee_minor: number
  late_fee_bp: number
  late_fee_cap_minor: number | null
  late_fee_stages: Array<string>
}

export const dunningSettingsColumns =
  'reminder_days, grace_days, warning_days, suspend_days, uncollectible_days, dunning_on, suspend_threshold_minor, no_cut_weekdays, no_cut_days, cut_from, cut_until, field_silent_hours, promise_days, promise_times, late_fee_kind, late_fee_minor, late_fee_bp, late_fee_cap_minor, late_fee_stages'

/** What a calendar would do with an invoice that nobody pays. */
export type DunningPreview = {
  issued_on: string
  due_on: string
  /** The day of the cut before no-cut days move it. */
  cut_wanted_on: string
  cut_from: string
  cut_until: string
  steps: Array<{ stage: Stage; on: string }>
}
