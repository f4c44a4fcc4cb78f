import { isRealDay } from '~/domain/calendar'
import type { ListedPromise } from '~/domain/dunning'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

const columns =
  'id, subscriber_id, subscriber_name, account_no, promised_on, amount_minor, note, state, taken_by_name, made_at'

/** Promises to pay an address asks for, open ones by their day: the page and its export read the same list. */
export function findPromises(db: Db, params: URLSearchParams) {
  return list<ListedPromise>((how) => {
    let query = db.from('promises').select(columns, how)
    const state = params.get('state')
    if (state) query = query.eq('state', state)
    const subscriber = idIn(params.get('subscriber'))
    if (subscriber) query = query.eq('subscriber_id', subscriber)
    const from = params.get('from')
    if (from && isRealDay(from)) query = query.gte('promised_on', from)
    const until = params.get('until')
    if (until && isRealDay(until)) query = query.lte('promised_on', until)
    const typed = params.get('q')?.trim()
    if (typed) {
      query = query.or(anyColumnContains(['subscriber_name', 'account_no', 'taken_by_name'], typed))
    }

    const order = orderOf(
      params,
      ['subscriber_name', 'promised_on', 'amount_minor', 'made_at'],
      state === 'open' ? 'promised_on' : '-promised_on',
    )
    return {
      fitting: query,
      order: [
        { ...order, emptyLast: order.column === 'amount_minor' },
        { column: 'id', ascending: true },
      ],
    }
  })
}
