import { z } from 'zod'

/** Sets a number series of a branch. A next number is free only until the first is given. */
export const saveSeries = {
  name: 'save_series',
  input: z.object({
    id: z.uuid(),
    kind: z.enum(['invoice', 'credit_note', 'receipt']),
    branch: z.string().regex(/^\d{5}$/),
    prefix: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9-]{0,12}$/, 'At most 12 letters, digits or dashes.')
      .default(''),
    next_number: z.coerce
      .number({ error: 'A whole number above zero.' })
      .int('A whole number above zero.')
      .min(1, 'A whole number above zero.')
      .max(999_999_999, 'At most nine digits.')
      .optional(),
  }),
} as const
