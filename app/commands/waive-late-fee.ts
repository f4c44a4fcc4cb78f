import { z } from 'zod'

/** Gives up a late fee that no invoice took yet. */
export const waiveLateFee = {
  name: 'waive_late_fee',
  input: z.object({
    late_fee_id: z.uuid(),
    reason: z
      .string({ error: 'Say why.' })
      .trim()
      .min(3, 'Say why, in 3 letters or more.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
