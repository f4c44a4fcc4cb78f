/** What stands out in the field, with the numbers it stands on. The database decides what does (`collections.watch`). */
export type Finding = {
  id: string
  member_id: string
  member_name: string
  at: string
  payment_id: string | null
  remittance_id: string | null
  subscriber_id: string | null
  subscriber_name: string | null
} & (
  | { kind: 'voids'; facts: Against<'voids' | 'receipts'> }
  | { kind: 'after_visit'; facts: Against<'hits' | 'receipts'> }
  | {
      kind: 'shift'
      facts: Against<'late_days' | 'days'> & { longest: number; amount_minor: number }
    }
  | {
      kind: 'late'
      facts: { receipts: number; hours: number; amount_minor: number; limit_hours: number }
    }
  | {
      kind: 'clock'
      facts: { number: string; before_number: string; before_at: string; minutes: number }
    }
  | {
      kind: 'far'
      facts: { what: 'payment' | 'visit'; metres: number; amount_minor: number | null }
    }
  | { kind: 'covered'; facts: { short_minor: number; short_at: string; over_minor: number } }
)

/** How often this collector did it, and how often the others. */
type Against<Name extends string> = Record<Name | `others_${Name}`, number>

export const findingKinds = [
  'voids',
  'late',
  'clock',
  'far',
  'shift',
  'covered',
  'after_visit',
] as const
