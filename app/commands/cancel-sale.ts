import { z } from 'zod'

/** Takes back the sale of a service that never began. */
export const cancelSale = {
  name: 'cancel_sale',
  input: z.object({
    id: z.uuid(),
    subscription_id: z.uuid(),
    reason: z
      .string({ error: 'Say why.' })
      .trim()
      .min(1, 'Say why.')
      .max(250, 'At most 250 letters.'),
  }),
} as const
