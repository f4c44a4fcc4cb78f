import { z } from 'zod'

/** Puts a subscriber's credit on what is open, the oldest first. */
export const spendCredit = {
  name: 'spend_credit',
  input: z.object({ subscriber_id: z.uuid() }),
} as const
