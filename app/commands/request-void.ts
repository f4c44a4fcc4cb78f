import { z } from 'zod'

/** Asks that a payment be voided. A second person decides. */
export const requestVoid = {
  name: 'request_void',
  input: z.object({
    payment_id: z.uuid(),
    reason: z.string().trim().min(1, 'Say why, for the person who decides.').max(300),
  }),
} as const
