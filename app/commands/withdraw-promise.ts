import { z } from 'zod'

/** Takes a promise back: the calendar goes on as if there were none. */
export const withdrawPromise = {
  name: 'withdraw_promise',
  input: z.object({ promise_id: z.uuid() }),
} as const
