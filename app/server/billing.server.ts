import type { BillingWatch } from '~/domain/billing-watch'
import { anyColumnContains, idIn, orderOf } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

/** What several billing screens read. */

export type NextRun = {
  period: string
  period_until: string
  due_on_local: string
  is_due: boolean
}

export type Run = {
  id: string
  period: string
  period_until: string
  state: 'running' | 'paused' | 'done' | 'failed'
  expected_count: number
  seen_count: number
  invoice_count: number
  exception_count: number
  total_minor: number
  last_error: string | null
  started_at: string
  finished_at: string | null
  heartbeat_at: string
  started_by_name: string | null
  is_stalled: boolean
}

export type RunStanding = Run['state'] | 'stopped'

export async function readNextRun(db: Db): Promise<NextRun | null> {
  const { data } = await db.rpc('next_billing_run').throwOnError()
  return data
}

export async function readBillingWatch(db: Db): Promise<BillingWatch> {
  const { data } = await db.rpc('billing_watch').throwOnError()
  return data
}

/** The runs an address asks for: `?state=` and their order, the latest period first. */
export function findRuns(db: Db, params: URLSearchParams) {
  return list<Run>((how) => {
    let query = db.from('billing_runs').select('*', how)
    const state = params.get('state')
    if (state) query = query.eq('state', state)

    const order = orderOf(
      params,
      ['period', 'invoice_count', 'exception_count', 'total_minor'],
      '-period',
    )
    return { fitting: query, order: [order, { ...order, column: 'id' }] }
  })
}

export async function readLastDone(db: Db) {
  const { data } = await db
    .from('billing_runs')
    .select()
    .eq('state', 'done')
    .order('period', { ascending: false })
    .limit(1)
    .maybeSingle()
    .throwOnError()
  return data ? withStanding(data as Run) : null
}

export type RunException = {
  id: string
  subscription_id: string
  subscriber_id: string | null
  subscriber_name: string
  account_no: string
  reason: string
  detail: string | null
}

/** Who could not be billed by a run, and still is not. */
export function findExceptions(db: Db, runId: string, params: URLSearchParams) {
  return list<RunException>((how) => {
    const order = orderOf(params, ['subscriber_name', 'account_no', 'reason'], 'subscriber_name')
    let query = db
      .from('run_exceptions')
      .select('*', how)
      .eq('run_id', runId)
      .is('resolved_at', null)
    const reason = params.get('reason')
    if (reason) query = query.eq('reason', reason)
    const typed = params.get('q')?.trim()
    if (typed) query = query.or(anyColumnContains(['subscriber_name', 'account_no'], typed))
    return { fitting: query, order: [order, { ...order, column: 'id' }] }
  })
}

export type Preview = {
  period: string
  period_until: string
  subscriber_count: number
  invoice_count: number
  /** How many of the invoices the search finds. */
  found_count: number
  total_minor: number
  /** What all of them may take off by paying on time. */
  offer_minor: number
  /** Given back by credit notes, because an invoice has no room for it. */
  credited_minor: number
  exceptions: Array<Omit<RunException, 'id'>>
  sample: Array<{
    subscriber_id: string
    subscriber_name: string
    account_no: string
    total_minor: number
    lines: Array<{ description: string; amount_minor: number }>
    offers: Array<{ description: string; amount_minor: number; pay_by_on: string }>
  }>
}

/** What the run of a period would bill; `shown` of its invoices, all of them when null. */
export async function readPreview(
  db: Db,
  page: { period: string; skipped: number; shown: number | null },
  params: URLSearchParams,
): Promise<Preview> {
  const order = orderOf(params, ['account_no', 'subscriber_name', 'total_minor'], 'account_no')
  const { data } = await db
    .rpc('preview_billing_run', {
      ...page,
      search: params.get('q')?.trim() || null,
      sort: (order.ascending ? '' : '-') + order.column,
    })
    .throwOnError()
  return data as Preview
}

export async function readRun(db: Db, id: string | undefined) {
  if (!idIn(id)) return null
  const { data } = await db.from('billing_runs').select().eq('id', id).maybeSingle().throwOnError()
  return data ? withStanding(data as Run) : null
}

/** A run that calls itself running but has not been heard of is said to have stopped. */
export function withStanding(run: Run): Run & { standing: RunStanding } {
  return { ...run, standing: run.state === 'running' && run.is_stalled ? 'stopped' : run.state }
}

export type AgingPart = {
  bucket: 'not_due' | 'd1_30' | 'd31_60' | 'd61_90' | 'over_90'
  invoice_count: number
  amount_minor: number
}

export async function readAging(db: Db): Promise<Array<AgingPart>> {
  const { data } = await db.rpc('receivables_aging').throwOnError()
  return data
}
