import { z } from 'zod'
import { recordPayment } from './record-payment'

/** What `record_payment` would do with this money, saying nothing and storing nothing. */
export const previewPayment = {
  name: 'preview_payment',
  input: z.object({
    subscriber_id: recordPayment.input.shape.subscriber_id,
    amount_minor: recordPayment.input.shape.amount_minor,
    subscription_id: recordPayment.input.shape.subscription_id,
    pay_ahead: recordPayment.input.shape.pay_ahead,
    invoices: recordPayment.input.shape.invoices,
  }),
} as const
