import { z } from 'zod'

/** Makes the link by which one person joins as staff. The answer carries its secret once. */
export const inviteMember = {
  name: 'invite_member',
  input: z.object({
    id: z.uuid(),
    full_name: z
      .string({ error: "Give the person's name." })
      .trim()
      .min(1, "Give the person's name.")
      .max(120, 'At most 120 letters.'),
    email: z.email('Write it like name@example.com, or leave it empty.').optional(),
    role_id: z.uuid({ error: 'Choose a role.' }),
  }),
} as const
