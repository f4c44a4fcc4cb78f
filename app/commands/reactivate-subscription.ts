import { z } from 'zod'

/** Takes an ended service back from a day on. */
export const reactivateSubscription = {
  name: 'reactivate_subscription',
  input: z.object({
    id: z.uuid(),
    subscription_id: z.uuid(),
    on_day: z.iso.date({ error: 'Choose the first day of service.' }),
    plan_id: z.uuid({ error: 'Choose a plan.' }),
  }),
} as const
