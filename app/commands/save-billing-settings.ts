import { z } from 'zod'

function days(least: number, most: number) {
  const sentence = `A whole number from ${least} to ${most}.`
  return z.number({ error: sentence }).int(sentence).min(least, sentence).max(most, sentence)
}

const clockTime = z
  .string({ error: 'Give a time.' })
  .regex(/^\d{2}:\d{2}(:\d{2})?$/, 'Write it like 20:00.')

/** When this ISP bills. Invoice day 31 means the last day of the month. */
export const saveBillingSettings = {
  name: 'save_billing_settings',
  input: z.object({
    invoice_day: z
      .number({ error: 'Choose a day.' })
      .int()
      .refine((day) => (day >= 1 && day <= 28) || day === 31, 'Choose 1 to 28, or the last day.'),
    due_days: days(0, 60),
    bills_while_suspended: z.boolean().default(false),
    quiet_from: clockTime,
    quiet_until: clockTime,
    collector_cash_limit_minor: z.number().int().positive().nullable().default(null),
    /** Above it a correction needs a second person; null: never. */
    approval_limit_minor: z.number().int().positive().nullable().default(null),
    collector_unsent_limit: days(1, 500),
    collector_unsent_hours: days(1, 240),
  }),
} as const
