import { z } from 'zod'
import { why } from './why'

/** An invoice that should not be: it keeps its number, and its days and charges are billed anew. */
export const voidInvoice = {
  name: 'void_invoice',
  input: z.object({ id: z.uuid(), invoice_id: z.uuid(), reason: why }),
} as const
