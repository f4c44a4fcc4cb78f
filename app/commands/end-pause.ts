import { z } from 'zod'

/** Ends a pause. The day is the first of service again. */
export const endPause = {
  name: 'end_pause',
  input: z.object({
    id: z.uuid(),
    subscription_id: z.uuid(),
    pause_id: z.uuid(),
    on_day: z.iso.date({ error: 'Choose the first day of service again.' }),
  }),
} as const
