import type { FieldWaiting } from '~/domain/field-waiting'
import { countDoubles } from './doubles.server'
import type { Db } from './supabase.server'

/** What field work has put before the office: whoever opens any of its screens sees where something waits. */
export async function readFieldWaiting(db: Db): Promise<FieldWaiting> {
  const count = async (view: 'parked' | 'devices', column: string, value: string) => {
    const found = await db
      .from(view)
      .select('id', { count: 'exact', head: true })
      .eq(column, value)
      .throwOnError()
    return found.count ?? 0
  }
  const [parked, doubles, phones] = await Promise.all([
    count('parked', 'state', 'waiting'),
    countDoubles(db),
    count('devices', 'status', 'pending'),
  ])
  return { parked, doubles, phones }
}
