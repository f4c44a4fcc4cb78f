// Supabase's own advisors, which would warn on the dashboard of a hosted project.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { cliBinary } from '../../supabase/local/migrate.ts'
import { ownDatabase } from './database.ts'

type Finding = { name: string; detail: string; metadata: { schema: string; name: string } }

const cli = cliBinary()

async function findings(url: string): Promise<Array<Finding>> {
  const { stdout } = await promisify(execFile)(
    cli ?? '',
    ['db', 'advisors', `--remote=${url}?sslmode=disable`, '--level=warn', '--fail-on=none'],
    { env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' } },
  )
  return stdout.trim().startsWith('[') ? (JSON.parse(stdout) as Array<Finding>) : []
}

test.skipIf(!cli)('the advisors find nothing to warn about', async () => {
  const { url, sql } = await ownDatabase()
  const procedures = await sql`
    select pronamespace::regnamespace || '.' || proname as name from pg_proc where prokind = 'p'
  `
  // A procedure that commits as it goes cannot pin its search path: Postgres refuses that pair.
  const excused = new Set(procedures.map(({ name }) => `function_search_path_mutable ${name}`))

  const offenders = (await findings(url)).filter(
    ({ name, metadata }) => !excused.has(`${name} ${metadata.schema}.${metadata.name}`),
  )
  expect(offenders.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([])
})
