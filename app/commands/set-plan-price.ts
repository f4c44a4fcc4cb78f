import { z } from 'zod'

/** Gives a plan another price from a day on. Services already started keep theirs. */
export const setPlanPrice = {
  name: 'set_plan_price',
  input: z.object({
    plan_id: z.uuid(),
    price_minor: z
      .number({ error: 'Give the new price.' })
      .int()
      .positive('The price must be more than zero.'),
    from_on: z.iso.date({ error: 'Choose the day it begins.' }),
  }),
} as const
