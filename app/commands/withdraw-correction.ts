import { z } from 'zod'

/** Takes back what one asked for oneself. */
export const withdrawCorrection = {
  name: 'withdraw_correction',
  input: z.object({ correction_id: z.uuid() }),
} as const
