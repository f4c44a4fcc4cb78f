import { z } from 'zod'

/** Another plan for a prepaid service, from the end of the time that is bought already. */
export const changePrepaidPlan = {
  name: 'change_prepaid_plan',
  input: z.object({
    subscription_id: z.uuid(),
    plan_id: z.uuid({ error: 'Choose a plan.' }),
    price_minor: z.number().int().positive('The price must be more than zero.').optional(),
  }),
} as const
