import type { ReceiptBlock, ReceiptGap } from '~/domain/receipt-numbers'
import { idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

const sortable = ['first_serial', 'member_name', 'used', 'voided', 'still_out', 'missing']

/** The blocks an address asks for, the newest numbers first. */
export function findBlocks(db: Db, params: URLSearchParams) {
  return list<ReceiptBlock>((how) => {
    const order = orderOf(params, sortable, '-first_serial')
    let query = db.from('receipt_block_report').select('*', how)
    const state = params.get('state')
    if (state) query = query.eq('state', state)
    const collector = idIn(params.get('collector'))
    if (collector) query = query.eq('member_id', collector)
    return { fitting: query, order: [order, { column: 'id', ascending: true }] }
  })
}

export function findGaps(db: Db) {
  return list<ReceiptGap>((how) => ({
    fitting: db.from('receipt_gaps').select('*', how),
    order: [{ column: 'first_serial', ascending: true }],
  }))
}
