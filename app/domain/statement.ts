export type StatementLine = {
  on: string
  at: string | null
  kind: string
  document: string | null
  description: string | null
  document_kind: string
  document_id: string
  debit_minor: number
  credit_minor: number
  balance_minor: number
}

export type Statement = {
  opening_minor: number
  closing_minor: number
  lines: Array<StatementLine>
  on_the_way: Array<{
    kind: 'phone' | 'claim'
    on: string
    method: string
    reference: string | null
    amount_minor: number
  }>
  deposit_minor: number
}
