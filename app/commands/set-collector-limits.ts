import { z } from 'zod'

const count = (most: number) =>
  z
    .number({ error: 'A whole number.' })
    .int('A whole number.')
    .min(1, 'At least 1.')
    .max(most, `At most ${most}.`)
    .nullable()
    .default(null)

/** What one collector may carry. What is left empty is as the ISP allows everybody. */
export const setCollectorLimits = {
  name: 'set_collector_limits',
  input: z.object({
    collector_id: z.uuid(),
    cash_limit_minor: z.number().int().positive().nullable().default(null),
    unsent_limit: count(500),
    unsent_hours: count(240),
  }),
} as const
