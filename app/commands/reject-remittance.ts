import { z } from 'zod'

/** Sends handed-in cash back to its collector, who hands it in anew. */
export const rejectRemittance = {
  name: 'reject_remittance',
  input: z.object({
    remittance_id: z.uuid(),
    note: z
      .string({ error: 'Say why it goes back.' })
      .trim()
      .min(3, 'Say why it goes back.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
