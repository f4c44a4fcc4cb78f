import { z } from 'zod'

/** Pauses a postpaid service. The second day is the first of service again; without it the pause lasts until it is ended. */
export const pauseSubscription = {
  name: 'pause_subscription',
  input: z.object({
    id: z.uuid(),
    subscription_id: z.uuid(),
    from_on: z.iso.date({ error: 'Choose the first day of the pause.' }),
    until_on: z.iso.date({ error: 'Choose the first day of service again.' }).optional(),
    fee_minor: z.number().int().min(0, 'A fee is not below zero.').optional(),
    reason: z.string().trim().max(300, 'At most 300 letters.').optional(),
  }),
} as const
