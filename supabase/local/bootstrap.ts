// Makes an empty database look like a new hosted Supabase project. Safe to run again.

import { readFile } from 'node:fs/promises'
import { getAuthSchemaSql } from '@supabase/lite'
import postgres from 'postgres'

const PLATFORM = new URL('platform.sql', import.meta.url)

/** Takes the address of the database as the platform's own superuser. */
export async function bootstrap(adminUrl: string) {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    const platform = await readFile(PLATFORM, 'utf8')
    await sql.begin(async (transaction) => {
      // Two databases of one server may be prepared at once, and roles are common to both.
      await transaction`select pg_advisory_xact_lock(hashtext('linyada.bootstrap'))`
      await transaction.unsafe(getAuthSchemaSql(false))
      await transaction.unsafe(platform)
    })
  } finally {
    await sql.end()
  }
}
