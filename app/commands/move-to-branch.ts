import { z } from 'zod'

/** Gives the subscribers of some barangays to a branch. */
export const moveToBranch = {
  name: 'move_to_branch',
  input: z.object({
    code: z.string().regex(/^\d{5}$/),
    barangays: z.array(z.uuid()).min(1, 'Choose at least one barangay.'),
  }),
} as const
