import { z } from 'zod'
import { why } from './why'

/** Takes back a part of an invoice, by one amount or line by line. Above the limit it is only asked for. */
export const issueCreditNote = {
  name: 'issue_credit_note',
  input: z.object({
    id: z.uuid(),
    invoice_id: z.uuid(),
    amount_minor: z.number({ error: 'Enter an amount.' }).int().positive().optional(),
    /** Amounts by line. */
    lines: z.record(z.uuid(), z.coerce.number().int().positive()).optional(),
    reason: why,
  }),
} as const
