import { z } from 'zod'

/** Leaves the payment as it is and says why. */
export const refuseVoid = {
  name: 'refuse_void',
  input: z.object({
    request_id: z.uuid(),
    reason: z.string().trim().min(1, 'Say why, for the person who asked.').max(300),
  }),
} as const
