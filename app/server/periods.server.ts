import { inOrder } from './in-order'
import type { Db } from './supabase.server'

export type AccountingMonth = {
  month: string
  state: 'open' | 'soft' | 'closed'
  closed_at: string | null
  closed_by_name: string | null
  trial_balance_hash: string | null
  entry_count: number
  debit_minor: number
  sales_minor: number
  vat_minor: number
  received_minor: number
  late_count: number
}

export type ReopenRequest = {
  id: string
  month: string
  reason: string
  state: 'open' | 'approved' | 'refused'
  requested_by: string
  requested_by_name: string
  requested_at: string
  decided_by_name: string | null
  decided_at: string | null
  decision_note: string | null
}

const REQUESTS_SHOWN = 20

const sortable = ['month', 'sales_minor', 'vat_minor', 'received_minor', 'late_count'] as const

/** The months of a year (`?year=`, else this one), those of them an address asks for in its order, and who asked to reopen which. */
export async function readPeriods(db: Db, params: URLSearchParams, today: string) {
  const thisYear = Number(today.slice(0, 4))
  const asked = params.get('year') ?? ''
  const year = /^[12]\d{3}$/.test(asked) ? Number(asked) : thisYear
  const [months, requests] = await Promise.all([
    db.rpc('accounting_months', { year }).throwOnError(),
    db
      .from('reopen_requests')
      .select()
      .order('requested_at', { ascending: false })
      .limit(REQUESTS_SHOWN)
      .throwOnError(),
  ])
  const all = months.data as Array<AccountingMonth>
  const state = params.get('state')
  return {
    year,
    thisYear,
    /** All of the year, newest first: what may be closed next follows from its neighbours. */
    months: all,
    shown: inOrder(
      all.filter((month) => !state || month.state === state),
      params,
      sortable,
    ),
    requests: requests.data as Array<ReopenRequest>,
  }
}
