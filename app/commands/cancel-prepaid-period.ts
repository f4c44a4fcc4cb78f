import { z } from 'zod'
import { why } from './why'

/** Cancels time that has not begun: its price is credit again. Above the limit it is only asked for. */
export const cancelPrepaidPeriod = {
  name: 'cancel_prepaid_period',
  input: z.object({ id: z.uuid(), period_id: z.uuid(), reason: why }),
} as const
