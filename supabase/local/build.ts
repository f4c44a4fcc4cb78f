// Builds the app when its sources changed since the last build.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const STAMP = path.join(PROJECT, 'build/stamp')
const LOCK = path.join(PROJECT, 'node_modules/.linyada-build')
const LOCK_SECONDS = 300

const SOURCES = [
  'app',
  'public',
  'vite.config.ts',
  'chunks.ts',
  'minify-phone.ts',
  'remix.config.js',
  'offline-shell.js',
  'package-lock.json',
]

export async function buildIfStale(announce: (text: string) => void) {
  if (await isFresh()) return
  await takeLock()
  try {
    // Somebody else may have built while we waited.
    if (await isFresh()) return
    announce('Building the app')
    const fingerprint = await fingerprintOfSources()
    await run('remix', ['vite:build'])
    await writeFile(STAMP, fingerprint)
  } finally {
    await rm(LOCK, { recursive: true, force: true })
  }
}

async function isFresh(): Promise<boolean> {
  const built = await readFile(STAMP, 'utf8').catch(() => '')
  return built === (await fingerprintOfSources())
}

async function fingerprintOfSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of await filesOf(path.join(PROJECT, source))) {
      hash.update(path.relative(PROJECT, file)).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

async function filesOf(source: string): Promise<Array<string>> {
  if (!existsSync(source)) return []
  if ((await stat(source)).isFile()) return [source]
  const found = await readdir(source, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

/** Two instances side by side share one build. A folder is made by exactly one of them. */
async function takeLock() {
  for (let waited = 0; waited < LOCK_SECONDS; waited += 1) {
    try {
      await mkdir(LOCK)
      return
    } catch {
      const made = await stat(LOCK).catch(() => undefined)
      const isAbandoned = made && Date.now() - made.mtimeMs > LOCK_SECONDS * 1000
      if (isAbandoned) await rm(LOCK, { recursive: true, force: true })
      await sleep(1000)
    }
  }
  throw new Error(`Another build does not end. Remove ${LOCK} and start again.`)
}

function run(command: string, args: Array<string>): Promise<void> {
  const file = path.join(PROJECT, 'node_modules/.bin', command)
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: PROJECT,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    const said: Array<Buffer> = []
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`The build failed.\n${reasonIn(Buffer.concat(said).toString())}`))
    })
  })
}

/** Rollup adds every file it watched, thousands of lines that say nothing. */
function reasonIn(output: string): string {
  return output.replace(/\n\s*watchFiles: \[[\s\S]*$/, '')
}
