import { minor, split, type Minor } from './money'

export type ChargeKind = 'one_time' | 'discount' | 'late_fee' | 'outage_credit' | 'deposit'

export type Charge = {
  id: string
  subscription_id: string | null
  plan_discount_id: string | null
  kind: ChargeKind
  description: string
  amount_minor: number | null
  percent_bp: number | null
  parts: number | null
  is_conditional: boolean
  starts_on: string
  until_on: string | null
  remaining: number | null
  cancelled_at: string | null
  state: ChargeState
}

/** What an invoice took of a charge, or offered to who pays on time. */
export type ChargePart = {
  id: string
  charge_id: string
  invoice_id: string
  invoice_number: string
  invoice_state: string
  issued_on: string
  amount_minor: number
  pay_by_on: string | null
  earned_at: string | null
}

/** Nothing taken yet, some of it, all of it; or no further invoice will take any. */
export type ChargeState = 'waiting' | 'running' | 'done' | 'cancelled'

/** The invoices a sum is shared among: equal to the unit, the earlier ones take the odd units. */
export function partsOf(sum: number, count: number): Array<Minor> {
  return split(minor(sum), Array<number>(count).fill(1))
}

export const depositKinds = ['taken', 'returned', 'applied', 'taken_back'] as const

export type Deposit = {
  id: string
  kind: (typeof depositKinds)[number]
  amount_minor: number
  payment_id: string | null
  receipt_number: string | null
  method: string | null
  reference: string | null
  note: string | null
  created_at: string
  created_by_name: string | null
}

export type ListedDeposit = Deposit & {
  subscriber_id: string
  subscriber_name: string
  account_no: string
}

export type NextInvoice = {
  period: string | null
  total_minor: number
  problem: string | null
  lines: Array<{
    kind: string
    description: string
    amount_minor: number
    charge_id: string | null
  }>
  offers: Array<{ charge_id: string; description: string; amount_minor: number; pay_by_on: string }>
}

export type PlanDiscount = {
  id: string
  description: string
  amount_minor: number | null
  percent_bp: number | null
  months: number | null
  is_conditional: boolean
  starts_on: string
  until_on: string | null
  ended_at: string | null
  taker_count: number
}

/** `12.5 %`, from basis points. */
export function formatPercent(basisPoints: number): string {
  return `${String(basisPoints / 100)} %`
}
