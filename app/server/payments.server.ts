import { addDays, isRealDay } from '~/domain/calendar'
import { dayStart } from '~/domain/day-start'
import { readKeysetPage } from './keyset.server'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list, type How, type Order } from './listing.server'
import type { Db } from './supabase.server'

export type Payment = {
  id: string
  receipt_number: string | null
  subscriber_id: string | null
  subscriber_name: string | null
  account_no: string | null
  subscription_id: string | null
  method: 'cash' | 'gcash' | 'maya' | 'bank' | 'cheque' | 'withholding'
  channel: 'field' | 'counter' | 'portal' | 'gateway' | 'import'
  reference: string | null
  amount_minor: number
  allocated_minor: number
  received_at: string
  recorded_at: string
  received_by: string | null
  received_by_name: string | null
  device_id: string | null
  stage: 'unidentified' | 'posted' | 'remitted' | 'void'
  note: string | null
  manual_serial: string | null
  void_kind: 'mistake' | 'bounced' | 'transferred' | null
  void_of: string | null
  goes_on_as: string | null
  refunded_minor: number
  recovered_minor: number
  deposited_minor: number
}

export const paymentColumns =
  'id, receipt_number, subscriber_id, subscriber_name, account_no, subscription_id, method, channel, reference, amount_minor, allocated_minor, received_at, recorded_at, received_by, received_by_name, device_id, stage, note, manual_serial, void_kind, void_of, goes_on_as, refunded_minor, recovered_minor, deposited_minor'

const sortable = ['receipt_number', 'subscriber_name', 'received_at', 'amount_minor']
const words = ['method', 'stage', 'channel']
const ids = { collector: 'received_by', subscriber: 'subscriber_id' }

/** The payments an address asks for. Days are those of the ISP's own clock. */
export function findPayments(db: Db, params: URLSearchParams, timeZone: string) {
  return list<Payment>((how) => ({
    fitting: fittingPayments(db, params, timeZone, paymentColumns, how),
    order: paymentOrder(params),
  }))
}

/** One page of them. */
export function paymentPage(db: Db, params: URLSearchParams, timeZone: string, headers: Headers) {
  return readKeysetPage<Payment>(
    db,
    {
      view: 'payments',
      columns: paymentColumns,
      ask: (columns, how) => fittingPayments(db, params, timeZone, columns, how),
      order: paymentOrder(params),
      indexed: ['received_at'],
    },
    params,
    headers,
  )
}

function paymentOrder(params: URLSearchParams): Array<Order> {
  const by = orderOf(params, sortable, '-received_at')
  return [
    { ...by, emptyLast: ['receipt_number', 'subscriber_name'].includes(by.column) },
    { ...by, column: 'id' },
  ]
}

function fittingPayments(
  db: Db,
  params: URLSearchParams,
  timeZone: string,
  columns: string,
  how: How & { head?: boolean },
) {
  let query = db.from('payments').select<string>(columns, how)

  for (const column of words) {
    const value = params.get(column)
    if (value) query = query.eq(column, value)
  }
  for (const [name, column] of Object.entries(ids)) {
    const id = idIn(params.get(name))
    if (id) query = query.eq(column, id)
  }

  const from = params.get('from')
  if (from && isRealDay(from))
    query = query.gte('received_at', dayStart(from, timeZone).toISOString())
  const until = params.get('until')
  if (until && isRealDay(until)) {
    query = query.lt('received_at', dayStart(addDays(until, 1), timeZone).toISOString())
  }

  const typed = params.get('q')?.trim()
  if (typed) {
    const columns = [
      'receipt_number',
      'reference',
      'subscriber_name',
      'account_no',
      'manual_serial',
    ]
    query = query.or(anyColumnContains(columns, typed))
  }

  return query
}
