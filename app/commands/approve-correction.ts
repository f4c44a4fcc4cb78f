import { z } from 'zod'

/** Makes what somebody else asked for. */
export const approveCorrection = {
  name: 'approve_correction',
  input: z.object({ correction_id: z.uuid() }),
} as const
