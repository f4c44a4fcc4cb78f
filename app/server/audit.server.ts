import { addDays, isRealDay } from '~/domain/calendar'
import { dayStart } from '~/domain/day-start'
import { formatMonth } from '~/i18n/format'
import { idIn } from './list-query.server'
import { list } from './listing.server'
import type { Db } from './supabase.server'

/** Audit entries an address asks for: `?who=&table=&operation=&from=&until=&record=`, newest first. */
export function findAuditEntries<Row>(db: Db, params: URLSearchParams, timeZone: string) {
  return list<Row>((how) => {
    let query = db.from('audit_entries').select('*', how.count ? { count: 'estimated' } : {})

    const who = params.get('who')
    if (who === 'system') query = query.eq('actor', 'system')
    else if (idIn(who)) query = query.eq('actor_id', who)
    const table = params.get('table')
    if (table) query = query.eq('table_name', table)
    const operation = params.get('operation')
    if (operation) query = query.eq('operation', operation)
    const record = idIn(params.get('record'))
    if (record) query = query.eq('row_id', record)
    const from = params.get('from')
    if (from && isRealDay(from))
      query = query.gte('recorded_at', dayStart(from, timeZone).toISOString())
    const until = params.get('until')
    if (until && isRealDay(until)) {
      query = query.lt('recorded_at', dayStart(addDays(until, 1), timeZone).toISOString())
    }

    return {
      fitting: query,
      order: ['recorded_at', 'id'].map((column) => ({ column, ascending: false })),
    }
  })
}

/** Where a changed record's name stands, since an entry of a change holds only what changed. */
const sources: Record<string, { view: string; column: string }> = {
  'service.subscribers': { view: 'subscribers', column: 'name' },
  'service.subscriptions': { view: 'subscriptions', column: 'subscriber_name' },
  'collections.payments': { view: 'payments', column: 'receipt_number' },
  'collections.devices': { view: 'devices', column: 'code' },
  'billing.invoices': { view: 'invoices', column: 'number' },
  'billing.runs': { view: 'billing_runs', column: 'period' },
  'catalog.plans': { view: 'plans', column: 'name' },
  'places.barangays': { view: 'barangays', column: 'name' },
  'places.routes': { view: 'routes', column: 'name' },
  'access.members': { view: 'members', column: 'full_name' },
  'access.roles': { view: 'roles', column: 'name' },
}

/** The names of the records of one page of entries, by record. One question a kind of record. */
export async function namesOfRecords(
  db: Db,
  entries: ReadonlyArray<{ table_name: string; row_id: string }>,
) {
  const names: Record<string, string> = {}
  const asked = Object.entries(sources).map(async ([table, { view, column }]) => {
    const ids = [
      ...new Set(entries.filter((entry) => entry.table_name === table).map(({ row_id }) => row_id)),
    ]
    if (ids.length === 0) return
    const { data } = await db.from(view).select(`id, name:${column}`).in('id', ids).throwOnError()
    for (const row of data as unknown as Array<{ id: string; name: string | null }>) {
      if (row.name) names[row.id] = table === 'billing.runs' ? formatMonth(row.name) : row.name
    }
  })
  await Promise.all(asked)
  return names
}
