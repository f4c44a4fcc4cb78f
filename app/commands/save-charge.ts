import { z } from 'zod'

const count = (error: string) => z.number({ error }).int('Whole numbers only.')

/** Adds a charge, a discount or an asked deposit. It is never edited: it is cancelled, and another one added. */
export const saveCharge = {
  name: 'save_charge',
  input: z
    .object({
      id: z.uuid(),
      subscriber_id: z.uuid(),
      /** Only when it is about one service. */
      subscription_id: z.uuid().optional(),
      kind: z.enum(['one_time', 'discount', 'deposit'], { error: 'Choose what it is.' }),
      description: z
        .string({ error: 'Say what it is for. It is printed on the invoice.' })
        .trim()
        .min(1, 'Say what it is for. It is printed on the invoice.')
        .max(300, 'At most 300 letters.'),
      amount_minor: z
        .number({ error: 'Enter an amount.' })
        .int()
        .positive('The amount must be more than zero.')
        .max(9_999_999_999, 'This is more than ₱99,999,999.99. Check the amount.')
        .optional(),
      percent_bp: z
        .number({ error: 'Enter a percentage.' })
        .int('At most two decimals.')
        .min(1, 'More than zero.')
        .max(10_000, 'At most 100 %.')
        .optional(),
      parts: count('In how many parts?')
        .min(2, 'At least two.')
        .max(120, 'At most 120.')
        .optional(),
      /** How many invoices take it; zero is every one. */
      times: count('How often?').min(0).max(120, 'At most 120.').optional(),
      is_conditional: z.boolean().default(false),
      starts_on: z.iso.date({ error: 'Choose the first day.' }),
      until_on: z.iso.date().optional(),
    })
    .refine((charge) => charge.amount_minor !== undefined || charge.percent_bp !== undefined, {
      path: ['amount_minor'],
      error: 'Enter an amount.',
    })
    .refine((charge) => !charge.until_on || charge.until_on > charge.starts_on, {
      path: ['until_on'],
      error: 'The end lies after the first day.',
    }),
} as const
