import type { FieldWaiting } from '~/domain/field-waiting'
import type { Db } from './supabase.server'

/**
 * What field work has put before the office: whoever opens any of its screens sees where something waits. Asked with every
 * page, so by what is not settled: that is what the indexes know.
 */
export async function readFieldWaiting(db: Db): Promise<FieldWaiting> {
  const unsettled = (view: 'parked_commands' | 'alarms' | 'doubles') =>
    db.from(view).select('id', { count: 'exact', head: true }).is('settled_at', null)
  const [commands, alarms, doubles, phones] = await Promise.all([
    unsettled('parked_commands').throwOnError(),
    unsettled('alarms').throwOnError(),
    unsettled('doubles').eq('state', 'waiting').throwOnError(),
    db
      .from('devices')
      .select('id', { count: 'exact', head: true })
      .eq('status', 'pending')
      .throwOnError(),
  ])
  return {
    parked: (commands.count ?? 0) + (alarms.count ?? 0),
    doubles: doubles.count ?? 0,
    phones: phones.count ?? 0,
  }
}
