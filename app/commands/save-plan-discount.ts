import { z } from 'zod'

/** Gives a discount to all who take a plan. Each service gets it once, as a charge of its own. */
export const savePlanDiscount = {
  name: 'save_plan_discount',
  input: z
    .object({
      id: z.uuid(),
      plan_id: z.uuid(),
      description: z
        .string({ error: 'Give it a name. It is printed on the invoice.' })
        .trim()
        .min(1, 'Give it a name. It is printed on the invoice.')
        .max(120, 'At most 120 letters.'),
      amount_minor: z
        .number({ error: 'Enter an amount.' })
        .int()
        .positive('The amount must be more than zero.')
        .optional(),
      percent_bp: z
        .number({ error: 'Enter a percentage.' })
        .int('At most two decimals.')
        .min(1, 'More than zero.')
        .max(10_000, 'At most 100 %.')
        .optional(),
      months: z
        .number({ error: 'Whole months only.' })
        .int('Whole months only.')
        .min(1, 'At least one month.')
        .max(120, 'At most 120 months.')
        .optional(),
      is_conditional: z.boolean().default(false),
      starts_on: z.iso.date({ error: 'Choose the first day.' }),
      until_on: z.iso.date().optional(),
      for_existing: z.boolean().default(false),
    })
    .refine(
      (discount) => discount.amount_minor !== undefined || discount.percent_bp !== undefined,
      {
        path: ['amount_minor'],
        error: 'Enter an amount or a percentage.',
      },
    )
    .refine((discount) => !discount.until_on || discount.until_on > discount.starts_on, {
      path: ['until_on'],
      error: 'The end lies after the first day.',
    }),
} as const
