import { z } from 'zod'

/** VAT or non-VAT from a day on. The rate is in basis points: 1200 is 12 %. */
export const saveTaxRegime = {
  name: 'save_tax_regime',
  input: z
    .object({
      regime: z.enum(['vat', 'non_vat'], { error: 'Choose one.' }),
      rate_bp: z.number().int().min(0).max(10_000).default(0),
      effective_from: z.iso.date({ error: 'Choose the day it begins.' }),
    })
    .refine((input) => (input.regime === 'vat') === input.rate_bp > 0, {
      path: ['rate_bp'],
      error: 'VAT has a rate above zero.',
    }),
} as const
