import { z } from 'zod'

/** Cash of the office went to the bank, as the slip says. The whole of each remittance named is in it. */
export const recordBankDeposit = {
  name: 'record_bank_deposit',
  input: z
    .object({
      id: z.uuid(),
      amount_minor: z.number({ error: 'Enter the amount on the slip.' }).int().positive(),
      bank: z.string({ error: 'Which bank?' }).trim().min(2, 'Which bank?').max(80),
      slip_number: z
        .string({ error: 'Enter the number on the slip.' })
        .trim()
        .min(1, 'Enter the number on the slip.')
        .max(60),
      deposited_on: z.iso.date('Choose the day on the slip.'),
      note: z.string().trim().max(300, 'At most 300 letters.').optional(),
      remittance_ids: z.array(z.uuid()).default([]),
      content_type: z.enum(['image/png', 'image/jpeg']).optional(),
      base64: z.string().max(700_000, 'The photo is too large.').optional(),
    })
    .transform(({ content_type, base64, ...deposit }) => ({
      ...deposit,
      ...(base64 ? { photo: { content_type, base64 } } : {}),
    })),
} as const
