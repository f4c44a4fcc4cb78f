import { z } from 'zod'
import { why } from './why'

/** Gives money back, of a payment or of unused credit. */
export const refund = {
  name: 'refund',
  input: z.object({
    id: z.uuid(),
    subscriber_id: z.uuid(),
    payment_id: z.uuid().optional(),
    amount_minor: z
      .number({ error: 'Enter an amount.' })
      .int()
      .positive('The amount must be more than zero.'),
    method: z.enum(['cash', 'gcash', 'maya', 'bank'], { error: 'Choose how it is given back.' }),
    reference: z.string().trim().max(80, 'At most 80 letters.').optional(),
    reason: why,
  }),
} as const
