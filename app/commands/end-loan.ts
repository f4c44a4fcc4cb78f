import { z } from 'zod'

/** Takes a lent route back today, or before it went. */
export const endLoan = {
  name: 'end_loan',
  input: z.object({ loan_id: z.uuid() }),
} as const
