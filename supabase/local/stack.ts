// The embedded Supabase: Postgres, its API, its scheduler, its mails and its clock.

import { createServer } from 'node:net'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'
import { createApi } from './api.ts'
import { bootstrap } from './bootstrap.ts'
import { moveClock, readClock } from './clock.ts'
import { answerDeveloper } from './dev-desk.ts'
import { type Keys, loadKeys } from './keys.ts'
import { listen } from './listen.ts'
import { openMailbox } from './mail.ts'
import { pushMigrations } from './migrate.ts'
import { ADMIN, startPostgres } from './postgres.ts'
import { startScheduler } from './scheduler.ts'
import { type Settings, siteUrl } from './settings.ts'

export type Stack = Keys & {
  /** As the owner of the schema. */
  databaseUrl: string
  apiUrl: string
  /** Where Postgres keeps its files. */
  postgresFolder: string
  stop: () => Promise<void>
}

/** `prepare` runs before scheduled work begins: what it writes under another clock is not met halfway. */
export async function startStack(
  settings: Settings,
  prepare?: (stack: Stack) => Promise<void>,
): Promise<Stack> {
  const { DATA_DIR, API_PORT, PG_PORT } = settings
  await mkdir(DATA_DIR, { recursive: true })
  await requireFree(PG_PORT, 'PG_PORT')
  await requireFree(API_PORT, 'API_PORT')

  let scheduler: ReturnType<typeof startScheduler> | undefined
  const started: Array<() => Promise<void>> = []
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end()
  }

  try {
    const server = await startPostgres({ folder: path.join(DATA_DIR, 'postgres'), port: PG_PORT })
    started.push(server.stop)
    await bootstrap(server.url('postgres', ADMIN))
    await pushMigrations(server.url()).catch((error: Error) => {
      throw new Error(`${error.message}\nTo start anew without the old data, remove ${DATA_DIR}`)
    })

    const keys = await loadKeys(DATA_DIR)
    const mailbox = openMailbox(path.join(DATA_DIR, 'mail'))
    const apiUrl = `http://127.0.0.1:${API_PORT}`
    const api = createApi({
      databaseUrl: (role) => server.url('postgres', role),
      apiUrl,
      siteUrl: siteUrl(settings),
      keys,
      mailbox,
    })
    started.push(api.close)

    const adminSql = postgres(server.url('postgres', ADMIN), { max: 1, onnotice: () => {} })
    started.push(() => adminSql.end())

    const desk = {
      mailbox,
      readClock: () => readClock(adminSql),
      moveClock: async (input: Parameters<typeof moveClock>[1]) => {
        const before = await readClock(adminSql)
        const after = await moveClock(adminSql, input)
        await api.renew()
        await scheduler?.runMissed(new Date(before.now), new Date(after.now))
        return readClock(adminSql)
      },
    }
    const http = await listen(
      API_PORT,
      async (request) => (await answerDeveloper(desk, request)) ?? api.fetch(request),
    )
    started.push(http.close)

    const stack = {
      ...keys,
      databaseUrl: server.url(),
      apiUrl,
      postgresFolder: server.folder,
      stop,
    }
    await prepare?.(stack)

    scheduler = startScheduler(server.url())
    started.push(scheduler.stop)
    await scheduler.refresh()
    return stack
  } catch (error) {
    await stop()
    throw error
  }
}

/** Says which setting to change, which the program behind the port cannot. */
export function requireFree(port: number, setting: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      reject(new Error(`Port ${port} is taken. Stop what uses it, or set ${setting}.`)),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}
