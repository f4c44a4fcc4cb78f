import { z } from 'zod'

/** Stops a charge. What invoices took of it already stays. */
export const cancelCharge = {
  name: 'cancel_charge',
  input: z.object({ charge_id: z.uuid() }),
} as const
