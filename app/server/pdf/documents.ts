/** What the database hands over for a printed document. Plain data, so that it can travel to the worker. */

export type Brand = {
  trade_name: string
  legal_name?: string | null
  tin?: string | null
  address?: string | null
  phone?: string | null
  email?: string | null
  brand_color?: string | null
  currency: string
  time_zone: string
  logo_path?: string | null
}

export type Party = {
  trade_name?: string
  legal_name?: string
  name?: string
  account_no?: string
  tin?: string
  branch?: string
  branch_name?: string
  address?: string
  phone?: string
  email?: string
}

export type InvoiceDocument = {
  id: string
  state: 'open' | 'paid' | 'written_off' | 'void'
  number: string
  subscriber_id: string
  period: string | null
  issued_on: string
  due_on: string
  regime: 'vat' | 'non_vat'
  rate_bp: number
  net_minor: number
  vat_minor: number
  total_minor: number
  balance_minor: number
  seller: Party
  buyer: Party
  voided_at: string | null
  void_reason: string | null
  brand: Brand
  days_past_due: number
  lines: Array<InvoiceLine> | null
  vat_summary: VatSummary
  /** Papers made before this one; above zero it is marked. */
  reprint: number
  payments: Array<{
    receipt_number: string | null
    method: string | null
    received_at: string | null
    amount_minor: number
    from_credit: boolean
    reversed: boolean
    at: string
  }>
  credit_notes: Array<{ number: string; issued_on: string; total_minor: number; reason: string }>
  /** What paying by a day takes off. */
  offers: Array<{
    description: string
    amount_minor: number
    pay_by_on: string
    earned_at: string | null
    earned_minor: number
  }>
}

export type VatSummary = {
  vatable_minor: number
  exempt_minor: number
  zero_rated_minor: number
  vat_minor: number
}

export type CreditNoteDocument = {
  id: string
  number: string
  issued_on: string
  reason: string
  net_minor: number
  vat_minor: number
  total_minor: number
  brand: Brand
  seller: Party
  buyer: Party
  regime: 'vat' | 'non_vat'
  rate_bp: number
  invoice_number: string
  invoice_issued_on: string
  lines: Array<Pick<InvoiceLine, 'line' | 'description' | 'vat_class' | 'total_minor'>>
  vat_summary: VatSummary
  reprint: number
}

export type InvoiceLine = {
  line: number
  kind: string
  description: string
  service_from: string | null
  service_until: string | null
  vat_class: 'vatable' | 'exempt' | 'zero_rated'
  net_minor: number
  vat_minor: number
  total_minor: number
}

export type ReceiptDocument = {
  payment_id: string
  receipt_number: string | null
  manual_serial: string | null
  stage: string
  /** With the branch of the subscriber. */
  seller: Brand & Pick<Party, 'branch' | 'branch_name'>
  subscriber: {
    id: string
    name: string
    account_no: string
    tin: string | null
    address: string | null
  } | null
  method: string
  reference: string | null
  amount_minor: number
  received_at: string
  voided_at: string | null
  received_by_name: string | null
  reprint: number
  balance_minor: number
  credit_minor: number
  applies: Array<{
    number: string
    period: string | null
    amount_minor: number
    settles: boolean
    left_minor: number
  }>
  prepaid: {
    plan_name: string
    starts_at: string
    ends_at: string
    amount_minor: number
    invoice_number: string | null
  } | null
  disclaimer: string
}

export type StatementDocument = {
  brand: Brand
  subscriber: { name: string; account_no: string; address: string | null }
  from_on: string
  until_on: string
  today: string
  opening_minor: number
  closing_minor: number
  lines: Array<{
    on: string
    document: string | null
    description: string | null
    debit_minor: number
    credit_minor: number
    balance_minor: number
  }>
  on_the_way: Array<{
    kind: 'phone' | 'claim'
    on: string
    method: string
    reference: string | null
    amount_minor: number
  }>
  deposit_minor: number
}

export type ReceiptPaper = '58' | '80' | 'a4'

/** `logo` is a picture as a data address, the same for every page of a job. */
export type PdfJob = { logo?: string | null } & (
  | { kind: 'invoices'; invoices: Array<InvoiceDocument> }
  | { kind: 'credit_note'; note: CreditNoteDocument }
  | { kind: 'receipt'; receipt: ReceiptDocument; paper: ReceiptPaper; checkUrl: string }
  | { kind: 'statement'; statement: StatementDocument }
)

export type PdfRequest = { id: number; job: PdfJob }
export type PdfAnswer = { id: number; pdf: Uint8Array<ArrayBuffer> } | { id: number; error: string }
