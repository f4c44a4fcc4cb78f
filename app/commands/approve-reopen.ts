import { z } from 'zod'

/** Reopens a month somebody else asked for. */
export const approveReopen = {
  name: 'approve_reopen',
  input: z.object({ request_id: z.uuid() }),
} as const
