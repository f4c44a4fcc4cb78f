import { z } from 'zod'

/** Sets a deposit against what is owed: it becomes credit, and open invoices take it. */
export const applyDeposit = {
  name: 'apply_deposit',
  input: z.object({
    id: z.uuid(),
    subscriber_id: z.uuid(),
    amount_minor: z
      .number({ error: 'Enter an amount.' })
      .int()
      .positive('The amount must be more than zero.'),
    note: z.string().trim().max(300, 'At most 300 letters.').optional(),
  }),
} as const
