import { z } from 'zod'

/** Takes a person's way into a subscriber's portal away at once, and the links not yet taken. */
export const revokeLogin = {
  name: 'revoke_login',
  input: z.object({
    login_id: z.uuid(),
    reason: z
      .string({ error: 'Say why.' })
      .trim()
      .min(1, 'Say why.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
