import { idIn, orderOf } from './list-query.server'
import type { Db } from './supabase.server'

const sortable = ['first_serial', 'member_name', 'used', 'voided', 'still_out', 'missing']

/** The blocks an address asks for, the newest numbers first. */
export function findBlocks(db: Db, params: URLSearchParams) {
  const order = orderOf(params, sortable, '-first_serial')
  let query = db.from('receipt_block_report').select('*', { count: 'exact' })
  const state = params.get('state')
  if (state) query = query.eq('state', state)
  const collector = idIn(params.get('collector'))
  if (collector) query = query.eq('member_id', collector)
  return query.order(order.column, { ascending: order.ascending }).order('id')
}

export function findGaps(db: Db) {
  return db.from('receipt_gaps').select('*', { count: 'exact' }).order('first_serial')
}
