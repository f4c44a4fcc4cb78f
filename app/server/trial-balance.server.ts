import { isRealDay } from '~/domain/calendar'
import type { Db } from './supabase.server'

export type AccountBalance = {
  code: string
  name: string
  class: 'asset' | 'liability' | 'income' | 'contra_income' | 'expense'
  debit_minor: number
  credit_minor: number
  balance_minor: number
}

/** All accounts up to and including a day; today when the address names none. */
export async function readTrialBalance(db: Db, params: URLSearchParams, today: string) {
  const asked = params.get('until') ?? ''
  const until = isRealDay(asked) ? asked : today
  const { data } = await db.rpc('trial_balance', { until_on: until }).throwOnError()
  return { until, accounts: data as Array<AccountBalance> }
}

/** The accounts there are, by their codes. */
export async function accountsOf(db: Db) {
  const { data } = await db.rpc('trial_balance').throwOnError()
  return (data as Array<AccountBalance>).map(({ code, name }) => ({ code, name }))
}
