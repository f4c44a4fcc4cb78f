// The books of the ISP: every event of money, debit above zero, and what it comes to by account.

import { type Day } from './days.ts'

export type Code =
  | 'subscriber_receivable'
  | 'subscriber_credit'
  | 'cash_office'
  | 'bank'
  | 'wallet_gcash'
  | 'cheques'
  | 'creditable_tax'
  | 'certificates_pending'
  | 'output_vat'
  | 'deposits'
  | 'revenue'
  | 'other_income'
  | 'recovered_debts'
  | 'sales_allowances'
  | 'prompt_discounts'
  | 'bad_debts'

export type Books = {
  zone: string
  /** The VAT of invoices issued on a day. */
  rateOn: (day: Day) => number
  post: (entries: Partial<Record<Code, number>>) => void
  trial: ReadonlyMap<string, number>
}

export function openBooks(zone: string, rateOn: (day: Day) => number): Books {
  const trial = new Map<string, number>()
  return {
    zone,
    rateOn,
    trial,
    post: (entries) => {
      let whole = 0
      for (const [code, amount] of Object.entries(entries)) {
        trial.set(code, (trial.get(code) ?? 0) + amount)
        whole += amount
      }
      if (whole !== 0) throw new RangeError(`Debit and credit differ by ${whole}`)
    },
  }
}
