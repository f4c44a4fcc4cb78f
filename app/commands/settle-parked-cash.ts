import { z } from 'zod'

/** Posts cash of an ended phone, each payment for the subscriber the phone named. */
export const settleParkedCash = {
  name: 'settle_parked_cash',
  /** As many as are shown and settled together. */
  most: 200,
  input: z.object({
    device_id: z.uuid(),
    command_ids: z.array(z.uuid()).min(1, 'Choose at least one payment.'),
    note: z.string().trim().max(300).default(''),
  }),
} as const
