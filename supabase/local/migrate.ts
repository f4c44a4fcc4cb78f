// Brings a database up to date with supabase/migrations. There are two ways in, and both keep
// the same history table, so a database may meet either of them at any time:
//   pushMigrations   the Supabase CLI, exactly what a hosted project gets; `npm start` uses it
//   applyMigrations  the same files through our driver, a second faster; the tests use it

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { splitSqlStatements } from '@supabase/lite'
import postgres from 'postgres'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const MIGRATIONS = path.join(PROJECT, 'supabase/migrations')

type Migration = { version: string; name: string; sql: string }

/** Takes the address of the database as its owner, as a person deploying would. */
export async function pushMigrations(url: string) {
  const cli = cliBinary()
  if (!cli) return applyMigrations(url)

  const remote = `--remote=${url}?sslmode=disable`
  const flags = ['--yes', '--agent', 'no', '--workdir', PROJECT]
  const env = { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  await promisify(execFile)(cli, ['db', 'push', remote, ...flags], { env }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`The migrations could not be applied.\n${stdout}${stderr}`)
    },
  )
}

export async function applyMigrations(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(`
      create schema if not exists supabase_migrations;
      create table if not exists supabase_migrations.schema_migrations
        (version text not null primary key, statements text[], name text);
    `)
    const history = await sql<Array<{ version: string }>>`
      select version from supabase_migrations.schema_migrations order by version
    `
    const applied = new Set(history.map(({ version }) => version))
    const newest = history.at(-1)?.version ?? ''

    for (const migration of await readMigrations()) {
      if (applied.has(migration.version)) continue
      if (migration.version < newest) {
        throw new Error(`${migration.version}_${migration.name} is older than ${newest}, applied.`)
      }
      await applyOne(sql, migration)
    }
  } finally {
    await sql.end()
  }
}

async function applyOne(sql: postgres.Sql, { version, name, sql: text }: Migration) {
  await sql
    .begin(async (transaction) => {
      await transaction.unsafe(text)
      // A migration may leave the session as another role, or with other settings.
      await transaction`reset all`
      await transaction`reset role`
      await transaction`
        insert into supabase_migrations.schema_migrations (version, name, statements)
        values (${version}, ${name}, ${splitSqlStatements(text)})
      `
    })
    .catch((error: unknown) => {
      throw new Error(`Migration ${version}_${name} failed: ${describe(error, text)}`)
    })
}

/** Says the line of the file, because Postgres counts characters. */
function describe(error: unknown, text: string): string {
  if (!(error instanceof postgres.PostgresError)) return String(error)
  const line = error.position
    ? `, line ${text.slice(0, Number(error.position)).split('\n').length}`
    : ''
  const context = [error.detail, error.hint, error.where].filter(Boolean).join('\n')
  return `${error.message} (${error.code}${line})\n${context}`
}

async function readMigrations(): Promise<Array<Migration>> {
  const files = existsSync(MIGRATIONS) ? await readdir(MIGRATIONS) : []
  const parsed = files
    .map((file) => /^(\d+)_(.+)\.sql$/.exec(file))
    .filter((match) => match !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Promise.all(
    parsed.map(async ([file, version = '', name = '']) => ({
      version,
      name,
      sql: await readFile(path.join(MIGRATIONS, file), 'utf8'),
    })),
  )
}

/** The versions a database must have applied to be up to date. */
export async function migrationVersions(): Promise<Array<string>> {
  return (await readMigrations()).map(({ version }) => version)
}

export function cliBinary(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const file = process.platform === 'win32' ? 'supabase.exe' : 'supabase'
  try {
    const require = createRequire(import.meta.url)
    const home = require.resolve(`@supabase/cli-${platform}-${process.arch}/package.json`)
    const binary = path.join(path.dirname(home), 'bin', file)
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}
