import { z } from 'zod'

/** Puts a waiting charge on an invoice of its own, today. The count says what the page knew, so that a second press bills nothing. */
export const billCharge = {
  name: 'bill_charge',
  input: z.object({ charge_id: z.uuid(), seen_count: z.number().int().min(0) }),
} as const
