import type { ListedDeposit } from '~/domain/charge'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

const columns =
  'id, kind, amount_minor, payment_id, receipt_number, method, reference, note, created_at, created_by_name, subscriber_id, subscriber_name, account_no'

/** Deposits taken and given back, as an address asks for them, the newest first: the page and its export read the same list. */
export function findDeposits(db: Db, params: URLSearchParams) {
  return list<ListedDeposit>((how) => {
    let query = db.from('deposits').select(columns, how)
    const kind = params.get('kind')
    if (kind) query = query.eq('kind', kind)
    const subscriber = idIn(params.get('subscriber'))
    if (subscriber) query = query.eq('subscriber_id', subscriber)
    const typed = params.get('q')?.trim()
    if (typed) {
      query = query.or(
        anyColumnContains(['subscriber_name', 'account_no', 'receipt_number', 'reference'], typed),
      )
    }
    const order = orderOf(params, ['subscriber_name', 'created_at', 'amount_minor'], '-created_at')
    return { fitting: query, order: [order, { column: 'id', ascending: true }] }
  })
}

/** What of a subscriber's money is held as a deposit. */
export async function heldOf(db: Db, subscriberId: string) {
  const { data } = await db
    .from('deposits')
    .select('amount_minor')
    .eq('subscriber_id', subscriberId)
    .overrideTypes<Array<{ amount_minor: number }>, { merge: false }>()
    .throwOnError()
  return data.reduce((sum, { amount_minor }) => sum + amount_minor, 0)
}
