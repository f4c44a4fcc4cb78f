import { z } from 'zod'

/** Says whose cash a parked collection was, or that it needs nothing more. */
export const settleParked = {
  name: 'settle_parked',
  input: z.object({
    command_id: z.uuid(),
    subscriber_id: z.preprocess((value) => value || null, z.uuid().nullable()),
    note: z.string().trim().max(300).default(''),
  }),
} as const
