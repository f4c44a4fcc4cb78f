// Debian's Postgres 15 with the real pg_cron, for the one test that wants it. Installs both where it can (Debian, as root).

import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { bootstrap } from '../../supabase/local/bootstrap.ts'
import { applyMigrations } from '../../supabase/local/migrate.ts'
import { ADMIN } from '../../supabase/local/postgres.ts'
import { freePort } from './server.ts'

const HOME = '/usr/lib/postgresql/15'
const DATABASE = 'linyada'

/** Null when it is there, else why it cannot be. */
export function installPgCron(): string | null {
  if (existsSync(`${HOME}/lib/pg_cron.so`)) return null
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return 'pg_cron needs Debian and root to be installed'
  try {
    // The package would start a cluster of its own; nobody asked for one.
    if (!existsSync('/etc/postgresql-common/createcluster.conf')) {
      mkdirSync('/etc/postgresql-common', { recursive: true })
      writeFileSync('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n')
    }
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore', timeout: 180_000 })
    execFileSync(
      'apt-get',
      [
        'install',
        '-y',
        '-qq',
        '-o',
        'Dpkg::Options::=--force-confold',
        'postgresql-15',
        'postgresql-15-cron',
      ],
      {
        env,
        stdio: 'ignore',
        timeout: 300_000,
      },
    )
    return existsSync(`${HOME}/lib/pg_cron.so`) ? null : 'postgresql-15-cron did not bring pg_cron'
  } catch (error) {
    return `postgresql-15-cron could not be installed: ${String(error).slice(0, 200)}`
  }
}

export type CronDatabase = { sql: postgres.Sql; stop: () => Promise<void> }

/** A migrated database on a server whose pg_cron is awake. Connects as the owner of the schema. */
export async function startCronDatabase(): Promise<CronDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'linyada-cron-'))
  const data = path.join(folder, 'data')
  const port = await freePort()
  const account = postgresAccount()
  chownSync(folder, account.uid, account.gid)
  const password = path.join(folder, 'password')
  writeFileSync(password, 'postgres')
  chownSync(password, account.uid, account.gid)
  execFileSync(
    `${HOME}/bin/initdb`,
    [
      '-D',
      data,
      `--username=${ADMIN}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ],
    {
      ...account,
      cwd: '/',
      stdio: 'ignore',
    },
  )
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    shared_preload_libraries: 'pg_cron',
    'cron.database_name': DATABASE,
    'cron.use_background_workers': 'on',
    max_worker_processes: 16,
  }
  const server = spawn(
    `${HOME}/bin/postgres`,
    [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      ...account,
      cwd: '/',
      stdio: 'ignore',
    },
  )
  const url = (role: string, database: string) =>
    `postgres://${role}:postgres@127.0.0.1:${port}/${database}`
  const sql = postgres(url('postgres', DATABASE), { onnotice: () => {} })
  const stop = async () => {
    await sql.end({ timeout: 5 })
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    await untilReady(url(ADMIN, 'postgres'))
    await bootstrapRoles(url(ADMIN, 'postgres'))
    await asAdmin(url(ADMIN, 'postgres'), (admin) =>
      admin.unsafe(`create database ${DATABASE} owner postgres`),
    )
    // What hosted Supabase does when the extension is switched on.
    await asAdmin(url(ADMIN, DATABASE), (admin) =>
      admin.unsafe(
        'create extension pg_cron; grant usage on schema cron to postgres; grant all on all tables in schema cron to postgres; grant execute on all functions in schema cron to postgres',
      ),
    )
    await bootstrap(url(ADMIN, DATABASE))
    await applyMigrations(url('postgres', DATABASE))
    return { sql, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The roles of the platform belong to the server and must be there before the database that postgres owns. */
async function bootstrapRoles(url: string) {
  await asAdmin(url, (admin) =>
    admin.unsafe(
      `create role postgres login createdb createrole bypassrls replication password 'postgres'`,
    ),
  )
}

async function asAdmin(url: string, work: (admin: postgres.Sql) => Promise<unknown>) {
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

function postgresAccount() {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function untilReady(url: string) {
  for (let tried = 0; tried < 200; tried += 1) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
    try {
      await sql`select 1`
      return
    } catch {
      await sleep(100)
    } finally {
      await sql.end({ timeout: 1 }).catch(() => {})
    }
  }
  throw new Error("Debian's Postgres did not start")
}
