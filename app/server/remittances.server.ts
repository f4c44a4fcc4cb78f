import { data } from '@remix-run/node'
import { isRealDay } from '~/domain/calendar'
import type { Pieces } from '~/domain/cash'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

export type RemittanceState = 'submitted' | 'counted' | 'accepted' | 'rejected'

export type Remittance = {
  id: string
  collector_id: string
  collector_name: string
  submitted_by: string
  submitted_by_name: string
  /** Why somebody else handed it in. */
  reason: string | null
  declared_at: string
  submitted_at: string
  /** Null until it is counted: who counts must know neither. */
  declared_minor: number | null
  denominations: Pieces | null
  expected_minor: number | null
  counted_minor: number | null
  counted_denominations: Pieces | null
  variance_minor: number | null
  state: RemittanceState
  counted_by: string | null
  counted_by_name: string | null
  counted_at: string | null
  approved_by_name: string | null
  approved_at: string | null
  note: string | null
  bank_deposit_id: string | null
  slip_number: string | null
}

export const remittanceStates = ['submitted', 'counted', 'accepted', 'rejected'] as const

/** What was handed in, as an address asks for it, the newest first: the page and its export read the same list. */
export function findRemittances(db: Db, params: URLSearchParams) {
  return list<Remittance>((how) => {
    const state = remittanceStates.find((known) => known === params.get('state'))
    const collector = idIn(params.get('collector'))
    let query = db.from('remittances').select('*', how)
    if (state) query = query.eq('state', state)
    if (collector) query = query.eq('collector_id', collector)
    const order = orderOf(
      params,
      ['collector_name', 'submitted_at', 'counted_minor', 'variance_minor'],
      '-submitted_at',
    )
    return {
      fitting: query,
      order: [
        { ...order, emptyLast: order.column.endsWith('_minor') },
        { column: 'id', ascending: true },
      ],
    }
  })
}

/** Slips of the bank an address asks for, the latest day first: the page and its export read the same list. */
export function findBankDeposits(db: Db, params: URLSearchParams) {
  return list<BankDeposit>((how) => {
    let query = db.from('bank_deposits').select('*', how)
    const state = params.get('state')
    if (state === 'void') query = query.not('voided_at', 'is', null)
    if (state === 'standing') query = query.is('voided_at', null)
    const from = params.get('from')
    if (from && isRealDay(from)) query = query.gte('deposited_on', from)
    const until = params.get('until')
    if (until && isRealDay(until)) query = query.lte('deposited_on', until)
    const typed = params.get('q')?.trim()
    if (typed) {
      query = query.or(anyColumnContains(['bank', 'slip_number', 'deposited_by_name'], typed))
    }
    const order = orderOf(
      params,
      ['deposited_on', 'bank', 'deposited_by_name', 'amount_minor'],
      '-deposited_on',
    )
    return {
      fitting: query,
      order: [
        order,
        { column: 'recorded_at', ascending: false },
        { column: 'id', ascending: false },
      ],
    }
  })
}

export async function findRemittance(db: Db, id: string | undefined): Promise<Remittance> {
  const known = idIn(id)
  const { data: remittance } = known
    ? await db.from('remittances').select().eq('id', known).maybeSingle().throwOnError()
    : { data: null }
  if (!remittance) throw data({ reason: 'remittance_not_found' }, { status: 404 })
  return remittance as Remittance
}

/** Counted cash that lies in the office, oldest first. */
export async function waitingForBank(db: Db) {
  const { data: rows } = await db
    .from('remittances')
    .select('id, collector_name, counted_at, counted_minor')
    .eq('state', 'accepted')
    .is('bank_deposit_id', null)
    .gt('counted_minor', 0)
    .order('counted_at')
    .throwOnError()
  return rows as Array<{
    id: string
    collector_name: string
    counted_at: string
    counted_minor: number
  }>
}

export type BankDeposit = {
  id: string
  amount_minor: number
  bank: string
  slip_number: string
  deposited_on: string
  deposited_by: string
  deposited_by_name: string
  note: string | null
  has_photo: boolean
  remittance_count: number
  voided_at: string | null
  voided_by_name: string | null
  void_reason: string | null
}
