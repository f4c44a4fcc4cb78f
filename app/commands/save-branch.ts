import { z } from 'zod'

const prefix = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9-]{0,12}$/, 'At most 12 letters, digits or dashes.')
  .optional()

/** Adds a branch with its series, or changes what is said of it. Its code never changes. */
export const saveBranch = {
  name: 'save_branch',
  input: z.object({
    id: z.uuid(),
    code: z
      .string({ error: 'Five digits, as in its TIN.' })
      .trim()
      .regex(/^\d{5}$/, 'Five digits, as in its TIN.'),
    name: z
      .string({ error: 'Give the branch a name.' })
      .trim()
      .min(1, 'Give the branch a name.')
      .max(80, 'At most 80 letters.'),
    address: z.string().trim().max(300, 'At most 300 letters.').optional(),
    is_default: z.boolean().default(false),
    is_open: z.boolean().default(false),
    invoice_prefix: prefix,
    credit_note_prefix: prefix,
  }),
} as const
