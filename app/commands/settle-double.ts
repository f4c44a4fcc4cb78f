import { z } from 'zod'

/** Says what two payments were that may be one: both right, or one of them to be voided by a second person. */
export const settleDouble = {
  name: 'settle_double',
  input: z.object({
    double_id: z.uuid(),
    decision: z.enum(['both_right', 'void_asked'], { error: 'Choose what they were.' }),
    void_id: z.uuid({ error: 'Choose which of the two is to be voided.' }).nullable().default(null),
    note: z
      .string({ error: 'Say how you know, in 3 to 300 letters.' })
      .trim()
      .min(3, 'Say how you know, in 3 to 300 letters.')
      .max(300),
  }),
} as const
