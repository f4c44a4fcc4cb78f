import { z } from 'zod'

/** Gives a plan another price from a day on: for who starts from then, or for everyone from their next period. */
export const setPlanPrice = {
  name: 'set_plan_price',
  input: z.object({
    plan_id: z.uuid(),
    price_minor: z
      .number({ error: 'Give the new price.' })
      .int()
      .positive('The price must be more than zero.'),
    from_on: z.iso.date({ error: 'Choose the day it begins.' }),
    is_followed: z
      .enum(['true', 'false'])
      .default('false')
      .transform((is) => is === 'true'),
  }),
} as const
