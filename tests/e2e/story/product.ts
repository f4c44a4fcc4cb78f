// A product of its own for the story: empty, with its own ports, data and clock.

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'
import { apiPortOf } from '../product.ts'

const PORT = Number(process.env['E2E_PORT'] ?? 3199) + 1
/** A product that runs already, for work on a single chapter. */
const RUNNING_URL = process.env['STORY_URL']
const TREE = fileURLToPath(new URL('../../..', import.meta.url))
const START_SECONDS = 300

export type Product = {
  url: string
  /** Sets the clock of every rule, and lets the schedule catch up. */
  setClock: (instant: string) => Promise<void>
}

/** Every chapter of the story runs on the same product, which is made for it and thrown away. */
export const test = base.extend<object, { product: Product }>({
  product: [
    // Playwright reads what a fixture needs from this pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, hand) => {
      if (RUNNING_URL) {
        const apiPort = apiPortOf(Number(new URL(RUNNING_URL).port))
        return hand({ url: RUNNING_URL, setClock: (instant) => setClock(apiPort, instant) })
      }
      const child = spawn('node', ['--import', 'tsx', 'tests/e2e/serve.ts', '--empty'], {
        cwd: TREE,
        env: { ...process.env, E2E_PORT: String(PORT) },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const url = `http://127.0.0.1:${PORT}`
      try {
        await isReady(url, child)
        await hand({ url, setClock: (instant) => setClock(apiPortOf(PORT), instant) })
      } finally {
        await stop(child)
      }
    },
    { scope: 'worker', timeout: START_SECONDS * 1000 },
  ],
})

async function isReady(url: string, child: ChildProcess) {
  for (let second = 0; second < START_SECONDS; second += 1) {
    if (child.exitCode !== null) throw new Error('The product of the story did not start')
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((go) => setTimeout(go, 1000))
  }
  throw new Error('The product of the story is not ready')
}

function stop(child: ChildProcess) {
  return new Promise<void>((done) => {
    if (child.exitCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}

async function setClock(apiPort: number, instant: string) {
  const answer = await fetch(`http://127.0.0.1:${apiPort}/dev/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ set: instant }),
  })
  if (!answer.ok) throw new Error(`The clock does not move: ${answer.status}`)
}
