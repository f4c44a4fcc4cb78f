import { z } from 'zod'

/** Says whose cash a parked collection was, for whom a visit was meant, or why nothing is done. */
export const settleParked = {
  name: 'settle_parked',
  input: z.object({
    command_id: z.uuid(),
    subscriber_id: z.preprocess((value) => value || null, z.uuid().nullable()),
    amount_minor: z.number().int().positive().nullable().default(null),
    note: z.string().trim().max(300).default(''),
  }),
} as const
