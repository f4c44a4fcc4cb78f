// `npm run types`: writes app/database.types.ts from schema `api` of a fresh, migrated database.

import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bootstrap } from './bootstrap.ts'
import { applyMigrations, cliBinary } from './migrate.ts'
import { ADMIN, startDisposablePostgres } from './postgres.ts'

const TARGET = fileURLToPath(new URL('../../app/database.types.ts', import.meta.url))

const cli = cliBinary()
if (!cli) throw new Error('The Supabase CLI has no binary for this platform')

const server = await startDisposablePostgres()
try {
  await bootstrap(server.url('postgres', ADMIN))
  await applyMigrations(server.url())
  const { stdout } = await promisify(execFile)(
    cli,
    [
      'gen',
      'types',
      'typescript',
      '--schema',
      'api',
      '--agent',
      'no',
      `--remote=${server.url()}?sslmode=disable`,
    ],
    {
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
    },
  )
  const head = '// Generated from schema api by `npm run types`. Never edited.\n'
  await writeFile(TARGET, `${head}${stdout.trimStart()}`)
  console.log(`Wrote ${path.relative(process.cwd(), TARGET)}`)
} finally {
  await server.stop()
}
