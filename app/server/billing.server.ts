import type { BillingWatch } from '~/domain/billing-watch'
import { idIn } from './list-query.server'
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

const RECENT_RUNS = 24

export async function readNextRun(db: Db): Promise<NextRun | null> {
  const { data } = await db.rpc('next_billing_run').throwOnError()
  return data
}

export async function readBillingWatch(db: Db): Promise<BillingWatch> {
  const { data } = await db.rpc('billing_watch').throwOnError()
  return data
}

export async function readRuns(db: Db) {
  const { data } = await db
    .from('billing_runs')
    .select()
    .order('period', { ascending: false })
    .limit(RECENT_RUNS)
    .throwOnError()
  return (data as Array<Run>).map(withStanding)
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
