import { z } from 'zod'

/** Moves a postpaid service to another plan. Without a day, a higher price counts from today and a lower one from the next period. */
export const changePlan = {
  name: 'change_plan',
  input: z.object({
    id: z.uuid(),
    subscription_id: z.uuid(),
    plan_id: z.uuid({ error: 'Choose a plan.' }),
    on_day: z.iso.date({ error: 'Choose the first day of the new plan.' }).optional(),
    price_minor: z.number().int().positive('The price must be more than zero.').optional(),
  }),
} as const
