import { z } from 'zod'

/** Stops a run after the chunk it is at. Nothing billed is lost. */
export const pauseBillingRun = {
  name: 'pause_billing_run',
  input: z.object({ run_id: z.uuid() }),
} as const
