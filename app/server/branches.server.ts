import type { Branch } from '~/domain/branch'
import type { Db } from './supabase.server'

/** The branches of this ISP, the head office first. */
export async function branchesOf(db: Db) {
  const { data } = await db
    .from('branches')
    .select('id, code, name, address, is_default, is_open, subscriber_count')
    .order('code')
    .overrideTypes<Array<Branch>, { merge: false }>()
    .throwOnError()
  return data
}
