// Starts one Postgres for the whole run and prepares a template every worker copies.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { bootstrap } from '../../supabase/local/bootstrap.ts'
import { freePort } from '../../supabase/local/listen.ts'
import { applyMigrations } from '../../supabase/local/migrate.ts'
import { ADMIN, createDatabase, startPostgres } from '../../supabase/local/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresPort: number
  }
}

export const TEMPLATE = 'linyada_template'

export default async function setup(project: TestProject) {
  const folder = await mkdtemp(path.join(tmpdir(), 'linyada-test-'))
  const port = await freePort()
  const server = await startPostgres({
    folder: path.join(folder, 'postgres'),
    port,
    disposable: true,
  })
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }

  try {
    await bootstrap(server.url('postgres', ADMIN))
    await createDatabase(server, TEMPLATE)
    await bootstrap(server.url(TEMPLATE, ADMIN))
    await applyMigrations(server.url(TEMPLATE))
  } catch (error) {
    await stop()
    throw error
  }

  project.provide('postgresPort', port)
  return stop
}
