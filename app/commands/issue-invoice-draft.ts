import { z } from 'zod'

/** Makes the invoice of a draft, as it was at that revision. A second press answers the invoice of the first. */
export const issueInvoiceDraft = {
  name: 'issue_invoice_draft',
  input: z.object({ draft_id: z.uuid(), revision: z.number().int().min(1) }),
} as const
