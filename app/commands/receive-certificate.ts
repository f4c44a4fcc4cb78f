import { z } from 'zod'

/** A withholding certificate that was to come is in hand. */
export const receiveCertificate = {
  name: 'receive_certificate',
  input: z.object({
    payment_id: z.uuid(),
    received_on: z.iso.date({ error: 'There is no such day. Check the date.' }),
  }),
} as const
