// A web server of its own before the same database, whose app is built twice: what phones meet when the office updates.

import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { apiUrl, environment } from '../product.ts'

const TREE = fileURLToPath(new URL('../../..', import.meta.url))
const PORT = Number(environment.PORT) + 2
const START_SECONDS = 400
/** As `npm start` does, once the packages are there. */
const START = `import { main } from './supabase/local/main.ts'; await main([])`

export const deployedUrl = `http://127.0.0.1:${PORT}`

export type Deployment = {
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Changes a text of the phone; the next start builds what changed. */
  changeText: (before: string, after: string) => Promise<void>
  remove: () => Promise<void>
}

export async function deploy(): Promise<Deployment> {
  const tree = await mkdtemp(path.join(tmpdir(), 'linyada-deployed-'))
  const left = ['node_modules', '.git', '.data', 'test-results'].map((name) =>
    path.join(TREE, name),
  )
  await cp(TREE, tree, { recursive: true, filter: (file) => !left.includes(file) })
  // A folder of its own, so that it waits for nobody else's build.
  await mkdir(path.join(tree, 'node_modules'))
  for (const name of await readdir(path.join(TREE, 'node_modules'))) {
    if (name === '.linyada-build') continue
    await symlink(path.join(TREE, 'node_modules', name), path.join(tree, 'node_modules', name))
  }
  const keys = await readFile(path.join(environment.DATA_DIR, 'keys.json'), 'utf8')
  const { publishableKey } = JSON.parse(keys) as { publishableKey: string }
  let server: ChildProcess | undefined

  const stop = async () => {
    const ended = server
    server = undefined
    if (!ended || ended.exitCode !== null) return
    await new Promise<void>((done) => {
      ended.once('exit', () => done())
      ended.kill('SIGTERM')
    })
  }
  return {
    stop,
    start: async () => {
      server = spawn('node', ['--import', 'tsx', '--input-type=module', '-e', START], {
        cwd: tree,
        env: {
          ...process.env,
          PORT: String(PORT),
          SUPABASE_URL: apiUrl,
          SUPABASE_PUBLISHABLE_KEY: publishableKey,
          TRUSTED_PROXIES: '1',
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      await isReady(server)
    },
    changeText: async (before, after) => {
      const file = path.join(tree, 'app/i18n/en/collector.json')
      const texts = await readFile(file, 'utf8')
      if (!texts.includes(before)) throw new Error(`No text of the phone says ${before}`)
      await writeFile(file, texts.replace(before, after))
    },
    remove: async () => {
      await stop()
      await rm(tree, { recursive: true, force: true })
    },
  }
}

async function isReady(server: ChildProcess) {
  for (let second = 0; second < START_SECONDS; second += 1) {
    if (server.exitCode !== null) throw new Error('The deployed app did not start')
    const answer = await fetch(`${deployedUrl}/health`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((go) => setTimeout(go, 1_000))
  }
  throw new Error('The deployed app is not ready')
}
