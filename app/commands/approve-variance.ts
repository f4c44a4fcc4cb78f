import { z } from 'zod'

/** Accepts that a remittance was short or over, with a word on it. A second person does this. */
export const approveVariance = {
  name: 'approve_variance',
  input: z.object({
    remittance_id: z.uuid(),
    note: z
      .string({ error: 'Say what is known of the difference.' })
      .trim()
      .min(3, 'Say what is known of the difference.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
