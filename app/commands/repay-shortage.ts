import { z } from 'zod'

/** A collector makes good, in cash, what was short. */
export const repayShortage = {
  name: 'repay_shortage',
  input: z.object({
    id: z.uuid(),
    collector_id: z.uuid(),
    amount_minor: z.number({ error: 'Enter what was repaid.' }).int().positive(),
    note: z.string().trim().max(300, 'At most 300 letters.').optional(),
  }),
} as const
