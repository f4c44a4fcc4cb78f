import type { Db } from './supabase.server'

type Values = Record<string, unknown>

type HistoryEntry = {
  id: string
  recorded_at: string
  actor_name: string | null
  table_name: string
  operation: 'insert' | 'update' | 'delete'
  before: Values | null
  after: Values | null
  source: string
}

/** What a person would tell of a subscriber; the rest of the log is for the audit page. */
const told = [
  'service.subscribers',
  'service.subscriptions',
  'service.holds',
  'service.changes',
  'collections.payments',
  'access.invitations',
]
const ENTRY_LIMIT = 100
const PAYMENT_LIMIT = 50

/** Everything the audit log knows of a subscriber: the record, its services, their holds, its money. */
export async function historyOf(db: Db, subscriberId: string): Promise<Array<HistoryEntry>> {
  const [services, payments, invitations] = await Promise.all([
    idsOf(db.from('subscriptions').select('id').eq('subscriber_id', subscriberId)),
    idsOf(
      db
        .from('payments')
        .select('id')
        .eq('subscriber_id', subscriberId)
        .order('received_at', { ascending: false })
        .limit(PAYMENT_LIMIT),
    ),
    idsOf(db.from('invitations').select('id').eq('subscriber_id', subscriberId)),
  ])
  const holds =
    services.length > 0
      ? await idsOf(db.from('holds').select('id').in('subscription_id', services))
      : []
  const changes =
    services.length > 0
      ? await idsOf(
          db
            .from('subscription_changes')
            .select('id')
            .in('subscription_id', services)
            .limit(ENTRY_LIMIT),
        )
      : []

  const { data } = await db
    .from('audit_entries')
    .select('id, recorded_at, actor_name, table_name, operation, before, after, source')
    .in('row_id', [subscriberId, ...services, ...holds, ...changes, ...payments, ...invitations])
    .in('table_name', told)
    .order('recorded_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(ENTRY_LIMIT)
    .overrideTypes<Array<HistoryEntry>, { merge: false }>()
    .throwOnError()
  return data
}

async function idsOf(query: PromiseLike<{ data: unknown; error: { message: string } | null }>) {
  const { data, error } = await query
  if (error) throw new Error(error.message)
  return (data as Array<{ id: string }>).map((row) => row.id)
}
