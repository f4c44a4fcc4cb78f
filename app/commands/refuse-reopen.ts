import { z } from 'zod'

/** Leaves a month closed that somebody else asked to reopen. */
export const refuseReopen = {
  name: 'refuse_reopen',
  input: z.object({
    request_id: z.uuid(),
    reason: z.string().trim().min(1, 'Say why, for the person who asked.').max(300),
  }),
} as const
