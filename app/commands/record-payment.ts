import { z } from 'zod'

/** Money came in. The id is made where it was taken, so sending twice is harmless. */
export const recordPayment = {
  name: 'record_payment',
  input: z.object({
    id: z.uuid(),
    subscriber_id: z.uuid({ error: 'Choose the subscriber.' }),
    /** Only when the money buys time of one prepaid service. */
    subscription_id: z.uuid().optional(),
    method: z.enum(['cash', 'gcash', 'maya', 'bank', 'cheque', 'withholding'], {
      error: 'Choose how it was paid.',
    }),
    reference: z.string().trim().max(80, 'At most 80 letters.').optional(),
    amount_minor: z
      .number({ error: 'Enter an amount.' })
      .int()
      .positive('The amount must be more than zero.')
      .max(9_999_999_999, 'This is more than ₱99,999,999.99. Check the amount.'),
    /** Left out at the counter: money taken there is taken now, by the ISP's clock and not the desk's. */
    received_at: z.iso
      .datetime({ offset: true, error: 'There is no such day. Check the date.' })
      .optional(),
    note: z.string().trim().max(300, 'At most 300 letters.').optional(),
    /** The serial of a paper booklet, when one was used. */
    manual_serial: z.string().trim().max(40, 'At most 40 letters.').optional(),
    pay_ahead: z.boolean().default(false),
    /** Only these are paid; left out, the oldest due first. */
    invoices: z.array(z.uuid()).optional(),
  }),
} as const
