import type { Hindrance, Stage } from './dunning'

type HoldKind = 'nonpayment' | 'manual' | 'vacation' | 'fault' | 'abuse'

export type Cause = {
  code:
    'not_started' | 'ended' | 'starts_later' | 'never_paid' | 'time_used_up' | `hold_${HoldKind}`
  on?: string | null
  at?: string | null
  reason?: string | null
}

export type WhyEvent = {
  code:
    | 'invoiced'
    | 'invoice_void'
    | 'credited'
    | `stage_${Stage}`
    | 'late_fee'
    | 'late_fee_waived'
    | 'promised'
    | 'promise_kept'
    | 'promise_broken'
    | 'promise_withdrawn'
    | 'paid'
    | 'payment_void'
    | 'time_bought'
    | `off_${HoldKind}`
    | `on_${HoldKind}`
  at: string
  on?: string | null
  number?: string | null
  amount_minor?: number | null
  reason?: string | null
  until_at?: string | null
}

/** Why the services of a subscriber are on or off, and what is charged: facts, which the screens put into sentences. */
export type Why = {
  balance_minor: number
  overdue_minor: number
  /** What ends a cut, 0 when nothing is cut. */
  reconnect_minor: number
  stage: Stage | null
  next: {
    stage: Stage | null
    on: string | null
    waits_for: Hindrance | null
    promised_on: string | null
    threshold_minor: number
    cut_from: string
    cut_until: string
    collector: string | null
  } | null
  services: Array<{
    id: string
    label: string | null
    plan_name: string
    is_on: boolean
    causes: Array<Cause>
  }>
  charges: Array<{
    invoice_id: string
    number: string
    due_on: string
    total_minor: number
    balance_minor: number
    lines: Array<{ kind: string; description: string; total_minor: number }>
  }>
  events: Array<WhyEvent>
}
