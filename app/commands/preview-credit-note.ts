import { issueCreditNote } from './issue-credit-note'

/** What `issue_credit_note` would take back, saying nothing and storing nothing. */
export const previewCreditNote = {
  name: 'preview_credit_note',
  input: issueCreditNote.input.pick({ invoice_id: true, amount_minor: true, lines: true }),
} as const
