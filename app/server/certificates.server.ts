import { anyColumnContains, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

export type Certificate = {
  id: string
  payment_id: string
  state: 'pending' | 'received' | 'void'
  received_on: string | null
  subscriber_name: string | null
  account_no: string | null
  tin: string | null
  amount_minor: number
  promised_at: string
  receipt_number: string | null
}

const sortable = ['subscriber_name', 'promised_at', 'amount_minor']

export function findCertificates(db: Db, params: URLSearchParams) {
  return list<Certificate>((how) => {
    let query = db.from('certificates').select('*', how)
    const state = params.get('state')
    if (state) query = query.eq('state', state)
    const typed = params.get('q')?.trim()
    if (typed) {
      query = query.or(
        anyColumnContains(['subscriber_name', 'account_no', 'tin', 'receipt_number'], typed),
      )
    }
    const order = orderOf(params, sortable, 'promised_at')
    return { fitting: query, order: [order, { column: 'id', ascending: true }] }
  })
}
