import { z } from 'zod'

/** Says up to which number papers of a series were given before a restore; the series goes on behind it. */
export const sayLostNumbers = {
  name: 'say_lost_numbers',
  input: z.object({
    lost_id: z.uuid(),
    last_number: z.coerce
      .number({ error: 'The number on the last paper.' })
      .int('The number on the last paper, without its prefix.')
      .min(0, 'The number on the last paper.')
      .max(999_999_999, 'At most nine digits.'),
    note: z
      .string({ error: 'Say how you know, in 3 to 300 letters.' })
      .trim()
      .min(3, 'Say how you know, in 3 to 300 letters.')
      .max(300, 'At most 300 letters.'),
  }),
} as const
