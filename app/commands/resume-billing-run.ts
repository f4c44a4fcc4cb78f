import { z } from 'zod'

/** Lets a paused or failed run go on where it stopped. */
export const resumeBillingRun = {
  name: 'resume_billing_run',
  input: z.object({ run_id: z.uuid() }),
} as const
