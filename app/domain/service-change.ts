/** A plan and price of a service, from a day until another. */
export type ServiceTerm = {
  id: string
  plan_name: string
  price_minor: number
  is_special: boolean
  from_on: string
  until_on: string | null
}

/** Days without service that are not billed: a pause, or the time between an end and the return. */
export type ServicePause = {
  id: string
  kind: 'pause' | 'ended'
  from_on: string
  until_on: string | null
  fee_minor: number
  reason: string | null
}

export const CHANGE_KINDS = [
  'sold',
  'activated',
  'sale_cancelled',
  'plan',
  'plan_cancelled',
  'pause',
  'pause_ended',
  'ended',
  'returned',
  'bill_day',
] as const

export type ChangeKind = (typeof CHANGE_KINDS)[number]

export type ServiceChange = {
  id: string
  kind: ChangeKind
  on_day: string
  reason: string | null
  answer: {
    plan_name?: string
    old_plan_name?: string
    price_minor?: number
    until_on?: string | null
  }
  made_by_name: string | null
  made_at: string
}

/** What the next invoice of a service's subscriber has, as things stand. */
export type NextInvoice = {
  period: string | null
  total_minor: number
  /** Given back beside it by credit notes. */
  credited_minor: number
  problem: string | null
  lines: Array<{
    subscription_id: string | null
    description: string
    amount_minor: number
    gives_back: boolean
  }>
}

/** What a change would do, asked before it is made. */
export type ChangeQuote = {
  change: {
    on_day?: string
    invoice?: { total_minor: number } | null
    credit_notes?: Array<{ total_minor: number }>
    /** Why there is no final invoice yet. */
    problem?: string
  }
  next_invoice: NextInvoice | null
  after: AfterEnd | null
}

/** How a subscriber stands once a service has ended. */
export type AfterEnd = {
  /** Of the final invoice. */
  lines: Array<{ description: string; amount_minor: number }>
  due_on: string | null
  /** What credit pays of the final invoice. */
  settled_minor: number
  owed_minor: number
  credit_minor: number
  deposit_minor: number
  /** Until when prepaid time was bought that nobody uses any more. */
  lost_until: string | null
}

/** The bill days a service can have, as the database reads them. */
export const BILL_DAYS = [
  'isp',
  'anniversary',
  'last',
  ...Array.from({ length: 28 }, (_, at) => String(at + 1)),
]
