/** Two payments of one subscriber that may be one. `other_` is the one we heard of first. */
export type Double = {
  id: string
  kind: 'two_people' | 'one_visit' | 'one_day'
  flagged_at: string
  subscriber_id: string
  subscriber_name: string
  account_no: string
  amount_minor: number
  received_at: string
  received_by: string | null
  received_by_name: string | null
  receipt_number: string | null
  stage: string
  other_id: string
  other_amount_minor: number
  other_received_at: string
  other_received_by: string | null
  other_received_by_name: string | null
  other_receipt_number: string | null
  other_stage: string
  state: 'waiting' | 'settled' | 'void'
  settled_at: string | null
  settled_by_name: string | null
  decision: 'both_right' | 'void_asked' | null
  note: string | null
}

/** One of the two payments of a pair. */
export type DoublePayment = {
  id: string
  amountMinor: number
  receivedAt: string
  byName: string | null
  receipt: string | null
  isVoid: boolean
}

/** Both payments in the order in which the money changed hands. */
export function paymentsOf(pair: Double): [DoublePayment, DoublePayment] {
  const one = {
    id: pair.id,
    amountMinor: pair.amount_minor,
    receivedAt: pair.received_at,
    byName: pair.received_by_name,
    receipt: pair.receipt_number,
    isVoid: pair.stage === 'void',
  }
  const other = {
    id: pair.other_id,
    amountMinor: pair.other_amount_minor,
    receivedAt: pair.other_received_at,
    byName: pair.other_received_by_name,
    receipt: pair.other_receipt_number,
    isVoid: pair.other_stage === 'void',
  }
  return Date.parse(other.receivedAt) <= Date.parse(one.receivedAt) ? [other, one] : [one, other]
}
