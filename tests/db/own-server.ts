// A migrated Postgres server for one test or benchmark alone, which may be killed and started again.

import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bootstrap } from '../../supabase/local/bootstrap.ts'
import { freePort } from '../../supabase/local/listen.ts'
import { applyMigrations } from '../../supabase/local/migrate.ts'
import {
  ADMIN,
  createDatabase,
  type PostgresServer,
  startPostgres,
} from '../../supabase/local/postgres.ts'

const DATABASE = 'linyada'
const START_TRIES = 100

export type OwnServer = {
  /** As the owner of the schema. */
  url: string
  /** As the platform's superuser. */
  adminUrl: string
  /** Ends Postgres as this signal does (`SIGQUIT` is its immediate stop), and brings it up again. */
  kill: (signal: 'SIGKILL' | 'SIGQUIT') => Promise<void>
  stop: () => Promise<void>
}

/** `durable` keeps what was committed through a kill; without it the server is faster. */
export async function ownServer({ durable = false } = {}): Promise<OwnServer> {
  const parent = await mkdtemp(path.join(tmpdir(), 'linyada-own-'))
  // Made for us alone, but the server may run as another user.
  await chmod(parent, 0o755)
  const options = {
    folder: path.join(parent, 'postgres'),
    port: await freePort(),
    disposable: !durable,
  }
  let server = await startPostgres(options)
  await bootstrap(server.url('postgres', ADMIN))
  await createDatabase(server, DATABASE)
  await bootstrap(server.url(DATABASE, ADMIN))
  await applyMigrations(server.url(DATABASE))

  return {
    url: server.url(DATABASE),
    adminUrl: server.url(DATABASE, ADMIN),
    async kill(signal) {
      const [pid] = (await readFile(path.join(server.folder, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), signal)
      server = await startAgain(options)
    },
    async stop() {
      await server.stop()
      await rm(server.folder, { recursive: true, force: true })
      await rm(parent, { recursive: true, force: true })
    },
  }
}

/** What a killed server leaves behind lives on for a moment, and a new one refuses to start beside it. */
async function startAgain(options: Parameters<typeof startPostgres>[0]): Promise<PostgresServer> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await startPostgres(options)
    } catch (error) {
      if (tried === START_TRIES) throw error
      await sleep(100)
    }
  }
}
