import { z } from 'zod'

/** Takes a member's access away at once, on every device. */
export const revokeMember = {
  name: 'revoke_member',
  input: z.object({
    member_id: z.uuid(),
    reason: z
      .string({ error: 'Say why.' })
      .trim()
      .min(1, 'Say why.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
