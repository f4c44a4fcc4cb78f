import { addDays, isRealDay } from '~/domain/calendar'
import { readKeysetPage } from './keyset.server'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list, type How, type Order } from './listing.server'
import type { Db } from './supabase.server'

export type Invoice = {
  id: string
  number: string
  state: 'open' | 'paid' | 'written_off' | 'void'
  subscriber_id: string
  subscriber_name: string
  account_no: string
  period: string | null
  issued_on: string
  due_on: string
  net_minor: number
  vat_minor: number
  total_minor: number
  balance_minor: number
  days_past_due: number | null
  credited_minor: number
  run_id: string | null
}

export const invoiceColumns =
  'id, number, state, subscriber_id, subscriber_name, account_no, period, issued_on, due_on, net_minor, vat_minor, total_minor, balance_minor, days_past_due, credited_minor, run_id'

const sortable = [
  'number',
  'subscriber_name',
  'period',
  'issued_on',
  'due_on',
  'total_minor',
  'balance_minor',
]

/** Days past due, both ends included; `today` turns them into due days, which have an index. */
const ages: Record<string, { from?: number; to?: number }> = {
  not_due: { to: 0 },
  d1_30: { from: 1, to: 30 },
  d31_60: { from: 31, to: 60 },
  d61_90: { from: 61, to: 90 },
  over_90: { from: 91 },
}

/** The invoices an address asks for: the page and its export read the same list. */
export function findInvoices(db: Db, params: URLSearchParams, today: string) {
  return list<Invoice>((how) => ({
    fitting: fittingInvoices(db, params, today, `${invoiceColumns}, serial`, how),
    order: invoiceOrder(params),
  }))
}

/** One page of them. */
export function invoicePage(db: Db, params: URLSearchParams, today: string, headers: Headers) {
  return readKeysetPage<Invoice>(
    db,
    {
      view: 'invoices',
      columns: invoiceColumns,
      ask: (columns, how) => fittingInvoices(db, params, today, columns, how),
      order: invoiceOrder(params),
      indexed: ['issued_on'],
    },
    params,
    headers,
  )
}

function invoiceOrder(params: URLSearchParams): Array<Order> {
  const by = orderOf(params, sortable, '-issued_on')
  return [
    { ...by, emptyLast: by.column === 'period' },
    ...['serial', 'id'].map((column) => ({ ...by, column })),
  ]
}

function fittingInvoices(
  db: Db,
  params: URLSearchParams,
  today: string,
  columns: string,
  how: How & { head?: boolean },
) {
  let query = db.from('invoices').select<string>(columns, how)

  const state = params.get('state')
  if (state === 'overdue') query = query.eq('state', 'open').lt('due_on', today)
  else if (state) query = query.eq('state', state)

  const age = ages[params.get('age') ?? '']
  if (age?.to !== undefined) query = query.gte('due_on', addDays(today, -age.to))
  if (age?.from !== undefined) query = query.lte('due_on', addDays(today, -age.from))

  const period = params.get('period')
  if (period && isRealDay(period)) query = query.eq('period', period)
  const subscriber = idIn(params.get('subscriber'))
  if (subscriber) query = query.eq('subscriber_id', subscriber)
  const run = idIn(params.get('run'))
  if (run) query = query.eq('run_id', run)
  const typed = params.get('q')?.trim()
  if (typed) query = query.or(anyColumnContains(['number', 'subscriber_name', 'account_no'], typed))

  return query
}
