import { z } from 'zod'
import { why } from './why'

/** Posts a payment to the subscriber it belongs to. The id is that of the new posting. */
export const transferPayment = {
  name: 'transfer_payment',
  input: z.object({
    id: z.uuid(),
    payment_id: z.uuid(),
    subscriber_id: z.uuid({ error: 'Choose the subscriber whose money it is.' }),
    reason: why,
  }),
} as const
