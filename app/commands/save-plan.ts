import { z } from 'zod'

const mbps = z
  .number({ error: 'Give the speed in Mbps.' })
  .int('Whole Mbps only.')
  .min(1, 'More than zero.')
  .max(100_000, 'At most 100,000 Mbps.')

/** Creates or changes a plan. Its mode never changes; a new price counts from today, for new services. */
export const savePlan = {
  name: 'save_plan',
  input: z
    .object({
      id: z.uuid(),
      name: z
        .string({ error: 'Give the plan a name.' })
        .trim()
        .min(1, 'Give the plan a name.')
        .max(80, 'At most 80 letters.'),
      billing_mode: z.enum(['prepaid', 'postpaid'], { error: 'Choose one.' }),
      prepaid_days: z
        .number({ error: 'Give the days as a whole number.' })
        .int('Whole days only.')
        .min(1, 'At least one day.')
        .max(366, 'At most 366 days.')
        .optional(),
      down_mbps: mbps,
      up_mbps: mbps,
      vat_class: z.enum(['vatable', 'exempt', 'zero_rated']).default('vatable'),
      price_minor: z
        .number({ error: 'Give the price.' })
        .int()
        .positive('The price must be more than zero.')
        .max(9_999_999_999, 'This is more than ₱99,999,999.99. Check the price.'),
      is_active: z.boolean().default(false),
    })
    .refine((plan) => plan.billing_mode === 'postpaid' || plan.prepaid_days !== undefined, {
      path: ['prepaid_days'],
      error: 'Give the days that one full price buys.',
    }),
} as const
