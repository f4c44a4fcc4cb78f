import { z } from 'zod'

/** Gives a deposit back as money, or, without a method, as credit that pays open invoices. */
export const giveBackDeposit = {
  name: 'give_back_deposit',
  input: z.object({
    id: z.uuid(),
    subscriber_id: z.uuid(),
    amount_minor: z
      .number({ error: 'Enter an amount.' })
      .int()
      .positive('The amount must be more than zero.'),
    method: z.enum(['cash', 'gcash', 'maya', 'bank', 'cheque']).optional(),
    reference: z.string().trim().max(80, 'At most 80 letters.').optional(),
    note: z.string().trim().max(300, 'At most 300 letters.').optional(),
  }),
} as const
