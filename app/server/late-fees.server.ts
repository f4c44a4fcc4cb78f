import type { ListedFee } from '~/domain/dunning'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

const columns =
  'id, number, invoice_id, subscriber_id, subscriber_name, account_no, amount_minor, created_at, state, waived_by_name, waive_reason'

/** Late fees an address asks for, the newest first: the page and its export read the same list. */
export function findLateFees(db: Db, params: URLSearchParams) {
  return list<ListedFee>((how) => {
    let query = db.from('late_fees').select(columns, how)
    const state = params.get('state')
    if (state) query = query.eq('state', state)
    const subscriber = idIn(params.get('subscriber'))
    if (subscriber) query = query.eq('subscriber_id', subscriber)
    const typed = params.get('q')?.trim()
    if (typed) {
      query = query.or(anyColumnContains(['number', 'subscriber_name', 'account_no'], typed))
    }
    const order = orderOf(
      params,
      ['subscriber_name', 'number', 'created_at', 'amount_minor'],
      '-created_at',
    )
    return { fitting: query, order: [order, { column: 'id', ascending: true }] }
  })
}
