// The product and the browser that look at it, for the benchmarks that need both.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { ownerOf } from '../e2e/auth/people.ts'

export type Owner = Awaited<ReturnType<typeof ownerOf>>

const DEBIAN_CHROMIUM = '/usr/bin/chromium'

export const chromiumFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']

/** Debian's where it is; else Playwright's own. */
export const chromiumPath = existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}

/** The product on data of its own, as the browser tests start it; or one that runs already, at E2E_URL. */
export async function startProduct(baseUrl: string, environment: Record<string, string>) {
  if (process.env['E2E_URL']) return async () => {}
  const product = spawn(process.execPath, ['--import', 'tsx', 'tests/e2e/serve.ts'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (;;) {
    if (product.exitCode !== null) throw new Error('The product did not start')
    const isUp = await fetch(`${baseUrl}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) break
    await new Promise((go) => setTimeout(go, 500))
  }
  return async () => {
    product.kill('SIGTERM')
    await new Promise((ended) => product.once('exit', ended))
  }
}

/** The office's yes to every phone that waits for it. */
export async function approvePhones(owner: Owner) {
  for (const device of await owner.read('devices')) {
    if (device['status'] === 'pending')
      await owner.ask('approve_device', { device_id: device['id'] })
  }
}
