import { z } from 'zod'

/** Puts a draft away. */
export const discardInvoiceDraft = {
  name: 'discard_invoice_draft',
  input: z.object({ draft_id: z.uuid() }),
} as const
