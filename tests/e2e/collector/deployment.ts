// A web server of its own before the same database, with the app as it was built and then a next version of it: what phones meet when
// the office updates.

import { type ChildProcess, spawn } from 'node:child_process'
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { once } from 'node:events'
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
  /** Puts the next version in place of this one; the next start serves it. */
  release: (before: string, after: string) => Promise<void>
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
    release: (before, after) => release(tree, before, after),
    remove: async () => {
      await stop()
      await rm(tree, { recursive: true, force: true })
    },
  }
}

/**
 * As a build of the next version lies there: one text is another, no file has the name it had, and the workers are built over what is
 * there. A whole build does the same to the phone and takes minutes.
 */
async function release(tree: string, before: string, after: string) {
  const assets = path.join(tree, 'build/client/assets')
  const hashes = (await readdir(assets)).flatMap((name) => HASHED.exec(name)?.[1] ?? [])
  const renamed = (text: string) =>
    hashes.reduce((done, hash) => done.replaceAll(hash, [...hash].reverse().join('')), text)

  let changed = 0
  for (const folder of [assets, ...TEXTS]) {
    const place = path.resolve(tree, folder)
    for (const entry of await readdir(place, { withFileTypes: true })) {
      if (!entry.isFile()) continue
      const file = path.join(place, entry.name)
      if (entry.name.endsWith('.br')) await rm(file)
      if (!/\.(js|css|json)$/.test(entry.name)) continue
      const text = await readFile(file, 'utf8')
      if (place === assets && text.includes(before)) changed += 1
      await writeFile(file, renamed(text).replaceAll(before, after))
    }
  }
  if (changed === 0) throw new Error(`No text of the phone says ${before}`)
  for (const name of await readdir(assets)) {
    await rename(path.join(assets, name), path.join(assets, renamed(name)))
  }
  await run(tree, WORKERS)
}

/** Where else the names of the phone's files stand. */
const TEXTS = ['build/client', 'build/server', 'build/server/assets', 'build/.vite']
const HASHED = /-([A-Za-z0-9_-]{8})\.\w+$/
/** As the end of a build does. */
const WORKERS = `import { buildServiceWorkers } from './offline-shell.js'
await buildServiceWorkers(process.cwd(), process.cwd() + '/build')`

async function run(tree: string, script: string) {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' }
  const child = spawn('node', ['--input-type=module', '-e', script], {
    cwd: tree,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error('The workers of the next version were not built')
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
