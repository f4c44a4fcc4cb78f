import { z } from 'zod'

/** Cancels time that has not begun. Its price is credit again, and what waits behind it closes up. */
export const cancelPrepaidPeriod = {
  name: 'cancel_prepaid_period',
  input: z.object({
    period_id: z.uuid(),
    reason: z
      .string({ error: 'Say why. It is printed on the credit note.' })
      .trim()
      .min(3, 'Say why. It is printed on the credit note.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
