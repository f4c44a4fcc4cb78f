import { z } from 'zod'

/** Closes an alarm with a reason, or books the cash it is about for a subscriber. */
export const settleAlarm = {
  name: 'settle_alarm',
  input: z.object({
    alarm_id: z.uuid(),
    subscriber_id: z.preprocess((value) => value || null, z.uuid().nullable()),
    amount_minor: z.number().int().positive().nullable().default(null),
    note: z.string().trim().max(300).default(''),
  }),
} as const
