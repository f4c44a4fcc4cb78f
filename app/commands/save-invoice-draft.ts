import { z } from 'zod'

const vatClasses = ['vatable', 'exempt', 'zero_rated'] as const

/** A line as it is typed. What a discount takes off is typed without a sign. */
const line = z
  .object({
    description: z
      .string({ error: 'Say what it is for. It is printed on the invoice.' })
      .trim()
      .min(1, 'Say what it is for. It is printed on the invoice.')
      .max(300, 'At most 300 letters.'),
    amount_minor: z
      .number({ error: 'Enter an amount.' })
      .int()
      .positive('The amount must be more than zero.')
      .max(9_999_999_999, 'This is more than ₱99,999,999.99. Check the amount.'),
    vat_class: z.enum(vatClasses).default('vatable'),
    is_discount: z.boolean().default(false),
  })
  .transform(({ is_discount, amount_minor, ...rest }) => ({
    ...rest,
    amount_minor: is_discount ? -amount_minor : amount_minor,
  }))

/** Writes or changes an invoice that is not issued yet. The revision is what was read, 0 for a new one. */
export const saveInvoiceDraft = {
  name: 'save_invoice_draft',
  input: z.object({
    id: z.uuid(),
    subscriber_id: z.uuid(),
    revision: z.number().int().min(0).default(0),
    due_on: z.iso.date({ error: 'Choose a day.' }).optional(),
    lines: z.array(line).min(1, 'Add a line.').max(50, 'At most 50 lines on one invoice.'),
  }),
} as const
