import { anyColumnContains } from './list-query.server'
import type { Db } from './supabase.server'

export type FoundSubscriber = {
  id: string
  account_no: string
  name: string
  address: string | null
  balance_minor: number
}

const FOUND_LIMIT = 12

/** Subscribers every typed word occurs in: name, account number, phone, purok or barangay. */
export async function searchSubscribers(db: Db, typed: string): Promise<Array<FoundSubscriber>> {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []

  let query = db.from('subscribers').select('id, account_no, name, purok, barangay, balance_minor')
  for (const word of words) query = query.or(anyColumnContains(['search_text', 'barangay'], word))

  const { data } = await query.order('name').order('id').limit(FOUND_LIMIT).throwOnError()
  return data.map((row) => ({
    id: row.id,
    account_no: row.account_no,
    name: row.name,
    address: [row.purok, row.barangay].filter(Boolean).join(', ') || null,
    balance_minor: row.balance_minor,
  }))
}
