import { z } from 'zod'

/** Lifts a hold. The service is on again when no other hold stands. */
export const closeHold = {
  name: 'close_hold',
  input: z.object({
    hold_id: z.uuid(),
    reason: z.string().trim().max(300, 'At most 300 letters.').default(''),
  }),
} as const
