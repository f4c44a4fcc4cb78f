import { isRealDay } from '~/domain/calendar'
import { inOrder } from './in-order'
import type { Db } from './supabase.server'

export type AccountBalance = {
  code: string
  name: string
  class: 'asset' | 'liability' | 'income' | 'contra_income' | 'expense'
  debit_minor: number
  credit_minor: number
  balance_minor: number
}

const sortable = ['name', 'class', 'debit_minor', 'credit_minor', 'balance_minor'] as const

/**
 * The accounts up to and including a day, today when the address names none, in the order it asks for, else the chart's. Accounts that came to nothing
 * are left out where it says so: their debits equal their credits, so what is left stays even.
 */
export async function readTrialBalance(db: Db, params: URLSearchParams, today: string) {
  const asked = params.get('until') ?? ''
  const until = isRealDay(asked) ? asked : today
  const { data } = await db.rpc('trial_balance', { until_on: until }).throwOnError()
  const accounts = (data as Array<AccountBalance>).filter(
    ({ balance_minor }) => balance_minor !== 0 || params.get('zero') !== 'hidden',
  )
  return { until, accounts: inOrder(accounts, params, sortable) }
}

/** The accounts there are, by their codes. */
export async function accountsOf(db: Db) {
  const { data } = await db.rpc('trial_balance').throwOnError()
  return (data as Array<AccountBalance>).map(({ code, name }) => ({ code, name }))
}
