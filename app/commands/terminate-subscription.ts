import { z } from 'zod'

/** Ends a service. The day is the first one without it. */
export const terminateSubscription = {
  name: 'terminate_subscription',
  input: z.object({
    id: z.uuid().optional(),
    subscription_id: z.uuid(),
    on_day: z.iso.date({ error: 'Choose the first day without service.' }),
    reason: z
      .string({ error: 'Say why.' })
      .trim()
      .min(1, 'Say why.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
