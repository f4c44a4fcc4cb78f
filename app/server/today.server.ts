import { isSetUp, type SetupProgress } from '~/domain/setup-progress'
import { readAging, readNextRun } from './billing.server'
import { readDailyCollection } from './daily-collection.server'
import type { MemberMe } from './guard.server'
import { firstRows } from './listing.server'
import { findPayments } from './payments.server'
import type { Db } from './supabase.server'

const LATEST_PAYMENTS = 8

/** The day as this person may see it; null stands for what their role does not include. */
export async function readToday(db: Db, me: MemberMe) {
  const can = (permission: string) => me.permissions.includes(permission)
  const { today, time_zone } = me.tenant

  const [setup, aging, overdue, nextRun, collected, parked, payments] = await Promise.all([
    can('settings.manage') ? readSetup(db) : null,
    can('billing.read') ? readAging(db) : null,
    can('subscribers.read') && can('billing.read') ? countOverdue(db) : null,
    can('billing.read') ? readNextRun(db) : null,
    can('payments.read') ? readDailyCollection(db, { from: today, until: today }) : null,
    can('collections.read') ? countParked(db) : null,
    can('payments.read')
      ? firstRows(findPayments(db, new URLSearchParams(), time_zone), LATEST_PAYMENTS)
      : null,
  ])

  return {
    setup: setup && !isSetUp(setup) ? setup : null,
    numbers:
      aging || collected
        ? {
            collected_minor: collected?.reduce((sum, row) => sum + row.amount_minor, 0) ?? null,
            receipts: collected?.reduce((sum, row) => sum + row.receipts, 0) ?? null,
            open_minor: aging?.reduce((sum, part) => sum + part.amount_minor, 0) ?? null,
            open_invoices: aging?.reduce((sum, part) => sum + part.invoice_count, 0) ?? null,
            overdue,
            next_run: nextRun,
            parked,
          }
        : null,
    collected,
    payments,
  }
}

async function readSetup(db: Db) {
  const { data } = await db.rpc('setup_progress').throwOnError()
  return data as SetupProgress
}

async function countOverdue(db: Db) {
  const { count } = await db
    .from('subscribers')
    .select('id', { count: 'exact', head: true })
    .gt('days_past_due', 0)
    .throwOnError()
  return count ?? 0
}

async function countParked(db: Db) {
  const { count } = await db
    .from('parked')
    .select('id', { count: 'exact', head: true })
    .eq('state', 'waiting')
    .throwOnError()
  return count ?? 0
}
