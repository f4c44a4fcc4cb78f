import { z } from 'zod'
import { clockTime, wholeNumber } from './settings-fields'

/** When this ISP bills. Invoice day 31 means the last day of the month. */
export const saveBillingSettings = {
  name: 'save_billing_settings',
  input: z.object({
    invoice_day: z
      .number({ error: 'Choose a day.' })
      .int()
      .refine((day) => (day >= 1 && day <= 28) || day === 31, 'Choose 1 to 28, or the last day.'),
    due_days: wholeNumber(0, 60),
    bills_while_suspended: z.boolean().default(false),
    quiet_from: clockTime,
    quiet_until: clockTime,
    collector_cash_limit_minor: z.number().int().positive().nullable().default(null),
    /** Above it a correction needs a second person; null: never. */
    approval_limit_minor: z.number().int().positive().nullable().default(null),
    collector_unsent_limit: wholeNumber(1, 500),
    collector_unsent_hours: wholeNumber(1, 240),
    collector_lock_minutes: wholeNumber(1, 60),
  }),
} as const
