import { isRealDay } from '~/domain/calendar'
import { idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

export type LedgerEntry = {
  transaction_id: string
  line: number
  kind: string
  accounting_on: string
  source_kind: string
  source_id: string
  reverses: string | null
  code: string
  account_name: string
  owner_kind: 'subscriber' | 'member' | null
  owner_id: string | null
  debit_minor: number
  credit_minor: number
}

/** Ledger entries an address asks for (`?account=&kind=&from=&until=&owner=`), newest first, sides of one event together. */
export function findEntries(db: Db, params: URLSearchParams) {
  return list<LedgerEntry>((how) => {
    let query = db.from('ledger_entries').select('*', how)

    const account = params.get('account')
    if (account) query = query.eq('code', account)
    const kind = params.get('kind')
    if (kind) query = query.eq('kind', kind)
    const owner = idIn(params.get('owner'))
    if (owner) query = query.eq('owner_id', owner)
    const from = params.get('from')
    if (from && isRealDay(from)) query = query.gte('accounting_on', from)
    const until = params.get('until')
    if (until && isRealDay(until)) query = query.lte('accounting_on', until)

    const { ascending } = orderOf(params, ['accounting_on'], '-accounting_on')
    return {
      fitting: query,
      order: [
        { column: 'accounting_on', ascending },
        { column: 'transaction_id', ascending },
        { column: 'line', ascending: true },
      ],
    }
  })
}
