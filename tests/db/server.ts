// Starts one Postgres for the whole run and prepares a template every worker copies.

import type { TestProject } from 'vitest/node'
import { bootstrap } from '../../supabase/local/bootstrap.ts'
import { applyMigrations } from '../../supabase/local/migrate.ts'
import { ADMIN, createDatabase, startDisposablePostgres } from '../../supabase/local/postgres.ts'

export { freePort } from '../../supabase/local/listen.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresPort: number
  }
}

export const TEMPLATE = 'linyada_template'

export default async function setup(project: TestProject) {
  const server = await startDisposablePostgres()

  try {
    await bootstrap(server.url('postgres', ADMIN))
    await createDatabase(server, TEMPLATE)
    await bootstrap(server.url(TEMPLATE, ADMIN))
    await applyMigrations(server.url(TEMPLATE))
  } catch (error) {
    await server.stop()
    throw error
  }

  project.provide('postgresPort', server.port)
  return server.stop
}
