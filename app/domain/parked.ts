/** Something a phone sent that a person has to settle, or did. */
export type Parked = {
  id: string
  kind: 'command' | 'alarm'
  member_name: string
  device_code: string
  name: string
  input: Record<string, unknown>
  /** Null where nobody can read it, and of alarms about what was booked already. */
  amount_minor: number | null
  receipt_number: string | null
  /** Whom the phone named, where that is somebody here. */
  subscriber_id: string | null
  subscriber_name: string | null
  account_no: string | null
  /** `unidentified` while cash hangs on it. */
  payment_stage: string | null
  reason: string
  happened_at: string
  received_at: string
  state: 'waiting' | 'settled'
  settled_at: string | null
  settled_by_name: string | null
  decision: 'assigned' | 'corrected' | 'closed' | null
  settled_note: string | null
}

/** Cash of an ended phone that names its subscriber, one of many that are settled together. */
export type ParkedCash = Pick<Parked, 'id' | 'receipt_number' | 'account_no' | 'happened_at'> & {
  subscriber_name: string
  amount_minor: number
}

/** What of many was settled, and what was not and why. */
export type SettledCash = {
  settled_count: number
  settled_minor: number
  refused: Array<{ command_id: string; message: string }>
}
