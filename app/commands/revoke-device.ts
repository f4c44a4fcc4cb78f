import { z } from 'zod'

/** Ends a phone's right to send and to take receipt numbers. What it holds unsent stays on it. */
export const revokeDevice = {
  name: 'revoke_device',
  input: z.object({
    device_id: z.uuid(),
    reason: z.string().trim().min(1, 'Say why.').max(300),
  }),
} as const
