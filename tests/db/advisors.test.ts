// Supabase's own advisors look at the migrated database: nothing at level warn or above.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { cliBinary } from '../../supabase/local/migrate.ts'
import { ownDatabase } from './database.ts'

type Lint = { name: string; level: string; detail: string }

/** `name: detail` of a finding we accept, each with its reason. None today. */
const ACCEPTED: Array<string> = []

test('the advisors find nothing to warn of', async () => {
  const { url } = await ownDatabase()
  expect(await advise(url)).toEqual([])
})

test('the advisors can see', async () => {
  const { url, sql } = await ownDatabase()
  await sql`create view api.leak as select * from service.subscribers`
  await sql`grant select on api.leak to authenticated`
  await sql`alter table service.subscribers disable row level security`
  expect((await advise(url)).map(({ name }) => name)).toContain('security_definer_view')
})

async function advise(url: string): Promise<Array<Lint>> {
  const cli = cliBinary()
  if (!cli) throw new Error('The Supabase CLI is not installed')
  const { stdout } = await promisify(execFile)(
    cli,
    [
      'db',
      'advisors',
      `--remote=${url}?sslmode=disable`,
      '--level',
      'warn',
      '--fail-on',
      'none',
      '--output-format',
      'json',
      '--agent',
      'no',
    ],
    { env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' } },
  )
  const { results } = JSON.parse(stdout) as { results: Array<Lint> }
  return results.filter(({ name, detail }) => !ACCEPTED.includes(`${name}: ${detail}`))
}
