import { z } from 'zod'

/** The signed-in person takes the invitation whose secret they hold. */
export const acceptInvitation = {
  name: 'accept_invitation',
  input: z.object({
    token: z.string().min(1),
    full_name: z
      .string({ error: 'error.full_name' })
      .trim()
      .min(1, 'error.full_name')
      .max(120, 'error.full_name'),
  }),
} as const
