import { z } from 'zod'

/**
 * Gives a subscriber a service: a plan, from a day on, at the plan's price or an agreed one.
 * With `waits` it is sold now and begins when somebody activates it.
 */
export const startSubscription = {
  name: 'start_subscription',
  input: z
    .object({
      id: z.uuid(),
      subscriber_id: z.uuid(),
      plan_id: z.uuid({ error: 'Choose a plan.' }),
      activated_on: z.iso.date({ error: 'Choose the day it starts.' }).optional(),
      waits: z.boolean().default(false),
      label: z.string().trim().max(80, 'At most 80 letters.').optional(),
      price_minor: z.number().int().positive('The price must be more than zero.').optional(),
      /** On the first invoice of the service. */
      installation_fee_minor: z
        .number()
        .int()
        .positive('The fee must be more than zero.')
        .max(9_999_999_999, 'This is more than ₱99,999,999.99. Check the amount.')
        .optional(),
      bill_day: z.string().optional(),
    })
    .refine(({ waits, activated_on }) => waits || activated_on !== undefined, {
      path: ['activated_on'],
      error: 'Choose the day it starts.',
    }),
} as const
