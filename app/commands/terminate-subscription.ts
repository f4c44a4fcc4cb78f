import { z } from 'zod'

/** What becomes of a deposit: set against what is owed, given back by a method, or, without either, kept. */
const deposit = z.object({
  id: z.uuid(),
  amount_minor: z.coerce.number().int().positive(),
  how: z.enum(['apply', 'cash', 'gcash', 'maya', 'bank', 'cheque']).optional(),
  reference: z.string().trim().max(80, 'At most 80 letters.').optional(),
})

/** Ends a service. The day is the first one without it. */
export const terminateSubscription = {
  name: 'terminate_subscription',
  input: z.object({
    id: z.uuid().optional(),
    subscription_id: z.uuid(),
    on_day: z.iso.date({ error: 'Choose the first day without service.' }),
    reason: z
      .string({ error: 'Say why.' })
      .trim()
      .min(1, 'Say why.')
      .max(250, 'At most 250 letters.'),
    deposit: deposit.optional(),
  }),
} as const
