import { z } from 'zod'

/** Takes a payment back: its allocations are reversed and its ledger entries negated. */
export const approveVoid = {
  name: 'approve_void',
  input: z.object({ request_id: z.uuid() }),
} as const
