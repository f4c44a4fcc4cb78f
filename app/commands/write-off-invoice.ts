import { z } from 'zod'
import { why } from './why'

/** Gives up what is open on an invoice as a bad debt. */
export const writeOffInvoice = {
  name: 'write_off_invoice',
  input: z.object({ id: z.uuid(), invoice_id: z.uuid(), reason: why }),
} as const
