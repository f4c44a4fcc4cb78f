import { z } from 'zod'

/** Asks that a closed month be reopened. A second person decides. */
export const requestReopen = {
  name: 'request_reopen',
  input: z.object({
    id: z.uuid(),
    month: z.iso.date(),
    reason: z.string().trim().min(3, 'Say why, for the person who decides.').max(300),
  }),
} as const
