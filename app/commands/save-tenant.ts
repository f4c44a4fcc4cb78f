import { z } from 'zod'

const optionalText = (longest: number) =>
  z.string().trim().max(longest, `At most ${longest} letters.`).optional()

/** Changes what stands on every document and screen of the ISP. */
export const saveTenant = {
  name: 'save_tenant',
  input: z.object({
    trade_name: z
      .string({ error: 'Give the name your subscribers know.' })
      .trim()
      .min(2, 'Give the name your subscribers know.')
      .max(120, 'At most 120 letters.'),
    legal_name: optionalText(200),
    tin: z
      .string()
      .trim()
      .regex(/^\d{3}-\d{3}-\d{3}(-\d{3,5})?$/, 'Write it like 123-456-789-00000.')
      .optional(),
    address: optionalText(300),
    phone: optionalText(40),
    email: z
      .email('Write it like name@example.com.')
      .max(254, 'That address is too long.')
      .optional(),
    brand_color: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'Choose a colour, like #0d5c8c.')
      .optional(),
    time_zone: z.string({ error: 'Choose a time zone.' }),
    currency: z.string({ error: 'Choose a currency.' }).regex(/^[A-Z]{3}$/, 'Choose a currency.'),
  }),
} as const
