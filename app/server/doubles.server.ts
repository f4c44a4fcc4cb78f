import type { Double } from '~/domain/double'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

const sortable = ['flagged_at', 'subscriber_name', 'amount_minor']

/** Pairs of payments that may be one, as an address asks for them; those that wait stand first. */
export function findDoubles(db: Db, params: URLSearchParams) {
  return list<Double>((how) => {
    const order = orderOf(params, sortable, '-flagged_at')
    let query = db.from('doubles').select('*', how)
    for (const column of ['state', 'kind'] as const) {
      const value = params.get(column)
      if (value) query = query.eq(column, value)
    }
    const collector = idIn(params.get('collector'))
    if (collector) query = query.or(`received_by.eq.${collector},other_received_by.eq.${collector}`)
    const typed = params.get('q')?.trim()
    if (typed) {
      query = query.or(
        anyColumnContains(
          ['subscriber_name', 'account_no', 'receipt_number', 'other_receipt_number'],
          typed,
        ),
      )
    }
    // `waiting`, `void`, `settled`: the last letter of the alphabet first.
    return {
      fitting: query,
      order: [{ column: 'state', ascending: false }, order, { column: 'id', ascending: true }],
    }
  })
}

/** The pairs a payment is part of that wait for a person. */
export async function doublesOf(db: Db, paymentId: string) {
  const { data } = await db
    .from('doubles')
    .select()
    .eq('state', 'waiting')
    .or(`id.eq.${paymentId},other_id.eq.${paymentId}`)
    .overrideTypes<Array<Double>, { merge: false }>()
    .throwOnError()
  return data
}
