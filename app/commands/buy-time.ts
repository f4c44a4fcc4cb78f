import { z } from 'zod'

/** Buys time of a prepaid service with the subscriber's credit. */
export const buyTime = {
  name: 'buy_time',
  input: z.object({
    id: z.uuid(),
    subscription_id: z.uuid(),
    amount_minor: z
      .number({ error: 'Enter an amount.' })
      .int()
      .positive('The amount must be more than zero.'),
  }),
} as const
