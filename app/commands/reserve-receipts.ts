import { z } from 'zod'

/** Lends a phone receipt numbers, so that it can hand out receipts with no signal. */
export const reserveReceipts = {
  name: 'reserve_receipts',
  input: z.object({
    device_id: z.uuid(),
    wanted: z.int().min(1).max(500).default(100),
  }),
} as const
