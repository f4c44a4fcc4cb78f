import { z } from 'zod'
import { why } from './why'

/** The bank did not pay a cheque. A fee goes on the next invoice. */
export const bounceCheque = {
  name: 'bounce_cheque',
  input: z.object({
    id: z.uuid(),
    payment_id: z.uuid(),
    fee_minor: z.number().int().min(0).max(9_999_999_999).optional(),
    reason: why,
  }),
} as const
