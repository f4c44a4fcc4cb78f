import { z } from 'zod'

/** Takes a deposit with a payment, or, without a method, out of the subscriber's credit. */
export const takeDeposit = {
  name: 'take_deposit',
  input: z
    .object({
      id: z.uuid(),
      payment_id: z.uuid(),
      subscriber_id: z.uuid(),
      /** The charge that asked for it. */
      charge_id: z.uuid().optional(),
      amount_minor: z
        .number({ error: 'Enter an amount.' })
        .int()
        .positive('The amount must be more than zero.')
        .max(9_999_999_999, 'This is more than ₱99,999,999.99. Check the amount.'),
      method: z.enum(['cash', 'gcash', 'maya', 'bank', 'cheque']).optional(),
      reference: z.string().trim().max(80, 'At most 80 letters.').optional(),
      note: z.string().trim().max(300, 'At most 300 letters.').optional(),
    })
    .refine(({ method, reference }) => !method || method === 'cash' || Boolean(reference), {
      path: ['reference'],
      error: 'Type the reference number of the payment.',
    }),
} as const
