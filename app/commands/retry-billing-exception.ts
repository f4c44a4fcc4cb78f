import { z } from 'zod'

/** Bills the subscriber of one exception again, in its own run. */
export const retryBillingException = {
  name: 'retry_billing_exception',
  input: z.object({ exception_id: z.uuid() }),
} as const
