import { z } from 'zod'

/** Creates or changes a role. Nobody gives a permission they do not hold. */
export const saveRole = {
  name: 'save_role',
  input: z.object({
    id: z.uuid(),
    name: z
      .string({ error: 'Give the role a name.' })
      .trim()
      .min(1, 'Give the role a name.')
      .max(60, 'At most 60 letters.'),
    home: z.enum(['office', 'collector', 'technician'], { error: 'Choose where this role works.' }),
    permissions: z.array(z.string()),
  }),
} as const
