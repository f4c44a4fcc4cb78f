// Fills a new database with the demo ISPs, once.

import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Stack } from './stack.ts'

const SEED = fileURLToPath(new URL('../seed/demo.ts', import.meta.url))

export type Login = { label: string; email: string; password: string }

/** What supabase/seed/demo.ts exports. */
type Seed = {
  seedDemo: (stack: Omit<Stack, 'stop'>) => Promise<{ logins: Array<Login> }>
}

const unfinished = (dataDir: string) => path.join(dataDir, 'seeding')
const finished = (dataDir: string) => path.join(dataDir, 'demo.json')

/** Half a demo is worse than none: what a stopped seeding left is thrown away before Postgres starts. */
export async function discardUnfinishedDemo(dataDir: string) {
  const marker = unfinished(dataDir)
  const folder = await readFile(marker, 'utf8').catch(() => undefined)
  if (folder === undefined) return
  await rm(folder, { recursive: true, force: true })
  await rm(marker, { force: true })
}

export async function seedDemoOnce(
  stack: Stack,
  dataDir: string,
  announce: (text: string) => void,
): Promise<Array<Login>> {
  const stored = await readFile(finished(dataDir), 'utf8').catch(() => undefined)
  if (stored) return (JSON.parse(stored) as { logins: Array<Login> }).logins
  if (!existsSync(SEED)) return []

  announce('Making the demo ISPs')
  await writeFile(unfinished(dataDir), stack.postgresFolder)
  const { seedDemo } = (await import(SEED)) as Seed
  const { logins } = await seedDemo(stack)
  await writeFile(finished(dataDir), JSON.stringify({ logins }, null, 2))
  await rm(unfinished(dataDir), { force: true })
  return logins
}
