import { z } from 'zod'

/** Takes back a deposit that was typed wrong. A second person does this. */
export const voidBankDeposit = {
  name: 'void_bank_deposit',
  input: z.object({
    deposit_id: z.uuid(),
    reason: z
      .string({ error: 'Say why.' })
      .trim()
      .min(3, 'Say why.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
