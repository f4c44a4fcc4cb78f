export type AuditEntry = {
  id: string
  recorded_at: string
  actor: 'member' | 'subscriber' | 'system'
  actor_id: string | null
  actor_name: string | null
  table_name: string
  row_id: string
  operation: 'insert' | 'update' | 'delete'
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  source: string
  address: string | null
}
