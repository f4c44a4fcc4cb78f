/** What phones send, by the names that have words. */
export const commandNames = [
  'record_payment',
  'record_visit',
  'record_promise',
  'fix_subscriber_contact',
  'record_print',
  'submit_remittance',
] as const

/** Why something waits for a person, as far as there are words for it. */
export const parkedReasons = [
  'unknown_subscriber',
  'subscriber_unknown',
  'subscriber_missing',
  'subscription_unknown',
  'subscription_not_active',
  'not_on_route',
  'invalid_input',
  'invalid_amount',
  'other_content',
  'reference_used',
  'receipt_not_lent',
  'receipt_used',
  'receipt_missing',
  'device_revoked',
  'payment_conflict',
  'too_far_ahead',
  'unknown_command',
  'unreadable',
  'sequence_reused',
  'sequence_gap',
  'chain_broken',
  'clock_back',
  'clock_ahead',
] as const
