import { z } from 'zod'

/** Begins a service that was sold, on a day: it is billed from then. */
export const activateSubscription = {
  name: 'activate_subscription',
  input: z.object({
    id: z.uuid(),
    subscription_id: z.uuid(),
    on_day: z.iso.date({ error: 'Choose the first day of service.' }),
  }),
} as const
