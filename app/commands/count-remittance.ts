import { z } from 'zod'

/** What another person counted of the cash a collector handed in, before seeing what is expected. */
export const countRemittance = {
  name: 'count_remittance',
  input: z.object({
    remittance_id: z.uuid(),
    counted_minor: z
      .number({ error: 'Count the cash and enter the sum.' })
      .int()
      .nonnegative('The sum cannot be below zero.')
      .max(9_999_999_999, 'This is more than ₱99,999,999.99. Check the sum.'),
  }),
} as const
