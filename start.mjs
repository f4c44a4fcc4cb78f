// The way in for `npm start`, `npm run dev` and `npm run stack`. Plain JavaScript without any
// package, because on a fresh clone there are none yet.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'

process.chdir(new URL('.', import.meta.url).pathname)

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Linyada needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

installIfNeeded()

process.env.LITE_TELEMETRY ??= '0'
const { register } = await import('tsx/esm/api')
register()
const { main } = await import('./supabase/local/main.ts')
await main(process.argv.slice(2))

function installIfNeeded() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  const stamp = 'node_modules/.linyada-lock'
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return

  if (!isInstalledByHand()) {
    console.log('Installing packages …')
    const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    })
    if (status !== 0) process.exit(status ?? 1)
  }
  // npm may have written the lock anew.
  const installed = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  writeFileSync(stamp, installed)
}

/** npm leaves its own copy of the lock, newer than the one it read. */
function isInstalledByHand() {
  const copy = 'node_modules/.package-lock.json'
  return existsSync(copy) && statSync(copy).mtimeMs >= statSync('package-lock.json').mtimeMs
}
