import { z } from 'zod'
import { why } from './why'

/** Gives a deposit back as money. Above the limit it is only asked for. */
export const returnDeposit = {
  name: 'return_deposit',
  input: z.object({
    id: z.uuid(),
    subscriber_id: z.uuid(),
    amount_minor: z
      .number({ error: 'Enter an amount.' })
      .int()
      .positive('The amount must be more than zero.'),
    method: z.enum(['cash', 'gcash', 'maya', 'bank', 'cheque'], {
      error: 'Choose how it is given back.',
    }),
    reference: z.string().trim().max(80, 'At most 80 letters.').optional(),
    reason: why,
  }),
} as const
