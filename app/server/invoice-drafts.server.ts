import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

export type DraftLine = {
  description: string
  amount_minor: number
  vat_class: 'vatable' | 'exempt' | 'zero_rated'
}

export type InvoiceDraft = {
  id: string
  subscriber_id: string
  subscriber_name: string
  account_no: string
  lines: Array<DraftLine>
  total_minor: number
  due_on: string | null
  revision: number
  state: 'draft' | 'issued' | 'discarded'
  invoice_id: string | null
  invoice_number: string | null
  created_at: string
  created_by_name: string | null
}

const columns =
  'id, subscriber_id, subscriber_name, account_no, lines, total_minor, due_on, revision, state, invoice_id, invoice_number, created_at, created_by_name'

/** The drafts an address asks for: the page and its export read the same list. */
export function findDrafts(db: Db, params: URLSearchParams) {
  return list<InvoiceDraft>((how) => {
    let query = db.from('invoice_drafts').select(columns, how)
    const state = params.get('state')
    if (state) query = query.eq('state', state)
    const typed = params.get('q')?.trim()
    if (typed) query = query.or(anyColumnContains(['subscriber_name', 'account_no'], typed))

    const order = orderOf(params, ['subscriber_name', 'total_minor', 'created_at'], '-created_at')
    return { fitting: query, order: [order, { column: 'id', ascending: true }] }
  })
}

export async function readDraft(db: Db, id: string | undefined): Promise<InvoiceDraft | null> {
  const known = idIn(id)
  if (!known) return null
  const { data } = await db
    .from('invoice_drafts')
    .select(columns)
    .eq('id', known)
    .maybeSingle<InvoiceDraft>()
    .throwOnError()
  return data
}

/** How many drafts wait to be issued. */
export async function countDrafts(db: Db): Promise<number> {
  const { count } = await db
    .from('invoice_drafts')
    .select('id', { count: 'exact', head: true })
    .eq('state', 'draft')
    .throwOnError()
  return count ?? 0
}

export type Regime = { regime: 'vat' | 'non_vat'; rate_bp: number }

/** The tax regime of a day; null where none is set yet. */
export async function regimeOf(db: Db, day: string): Promise<Regime | null> {
  const { data } = await db
    .from('tax_regimes')
    .select('regime, rate_bp')
    .lte('effective_from', day)
    .order('effective_from', { ascending: false })
    .limit(1)
    .maybeSingle<Regime>()
    .throwOnError()
  return data
}
