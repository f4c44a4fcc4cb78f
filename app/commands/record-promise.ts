import { z } from 'zod'

/** Notes that a subscriber will pay by a day. Without an amount it is all that is due by then. */
export const recordPromise = {
  name: 'record_promise',
  input: z.object({
    id: z.uuid(),
    subscriber_id: z.uuid(),
    promised_on: z.iso.date('Choose the day.'),
    amount_minor: z.number().int().positive('An amount above 0.').nullable().default(null),
    note: z.string().trim().max(300, 'At most 300 letters.').default(''),
  }),
} as const
