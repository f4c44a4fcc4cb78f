import { z } from 'zod'

/** Closes a month of the books: softly, or for good. Months are closed in their order. */
export const closeMonth = {
  name: 'close_month',
  input: z.object({
    month: z.iso.date(),
    soft: z.stringbool().default(false),
  }),
} as const
