// The collector's phone in Chromium, a quarter as fast as this machine: what comes at the first visit, what ten thousand
// subscribers cost to fetch and to search, how soon an address opens without signal, and two hundred facts sent at once.
// Each is held against the aim we set for it; the answer is the one that misses its aim most.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import type { Options, Result } from './measure.ts'
import { median } from './measure.ts'

const PORT = 3196
process.env['E2E_PORT'] ??= String(PORT)
const { baseUrl, demoLogins, environment } = await import('../e2e/product.ts')
const { newId, ownerOf } = await import('../e2e/auth/people.ts')

const CPU_SLOWER = 4
const SUBSCRIBERS = 10_000
const IMPORT_AT_ONCE = 5_000
const VISITS = 200
const PIN = '274915'
const ROUNDS = 5
const TYPED = 'bench 73'
const DEBIAN_CHROMIUM = '/usr/bin/chromium'

const aims = { firstLoadBytes: 130_000, coldStartMilliseconds: 1_000, keystrokeMilliseconds: 16 }

export async function measure({ scale, say }: Options): Promise<Result> {
  const subscribers = Math.max(100, Math.round(SUBSCRIBERS * scale))
  const visits = Math.max(5, Math.round(VISITS * scale))
  const stop = await startProduct()
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}),
  })
  try {
    const login = (await demoLogins()).find(({ label }) => label.endsWith('Collector'))
    const boss = (await demoLogins()).find(({ label }) => label.endsWith('Owner'))
    if (!login || !boss) throw new Error('The demo has no collector or no owner')
    const owner = await ownerOf(boss.email, boss.password)
    await fillRoute(owner, subscribers)

    const context = await browser.newContext({
      baseURL: baseUrl,
      viewport: { width: 412, height: 915 },
      isMobile: true,
      hasTouch: true,
      timezoneId: 'Asia/Manila',
    })
    const page = await context.newPage()
    await page.goto(`/sign-in?to=${encodeURIComponent('/collector')}`)
    await page.locator('input[name=name]').fill(login.email)
    await page.locator('input[name=password]').fill(login.password)
    await page.getByRole('button', { name: /sign in/i }).click()
    await page.getByLabel('New PIN').waitFor()

    const firstLoad = await firstLoadOf(page)
    say(
      `  first load: ${kilobytes(firstLoad.bytes)} kB of JS and CSS in ${firstLoad.files} files (aim ${kilobytes(aims.firstLoadBytes)}), a page of ours without JavaScript ${kilobytes(firstLoad.bare)} kB`,
    )

    const slow = await slowed(page)
    const pull = await firstPull(page, slow, owner)
    say(
      `  first pull: ${subscribers} subscribers in ${(pull.milliseconds / 1000).toFixed(1)} s, ${kilobytes(pull.bytes)} kB over the line`,
    )

    const starts = await coldStarts(context, page)
    say(
      `  cold start without signal: ${starts.total.toFixed(0)} ms (aim ${aims.coldStartMilliseconds}): ${starts.door.toFixed(0)} to the PIN, ${starts.list.toFixed(0)} from the PIN to the list`,
    )

    const keystroke = await searchCost(starts.page, starts.session)
    say(
      `  search: ${keystroke.toFixed(1)} ms of work for each key (aim ${aims.keystrokeMilliseconds})`,
    )

    const push = await pushAll(context, starts.page, visits)
    say(`  push: ${visits} visits in ${(push / 1000).toFixed(1)} s`)

    const ratios = {
      firstLoad: firstLoad.bytes / aims.firstLoadBytes,
      coldStart: starts.total / aims.coldStartMilliseconds,
      search: keystroke / aims.keystrokeMilliseconds,
    }
    return {
      name: 'phone, what misses its aim most',
      ratio: Math.max(...Object.values(ratios)),
      target: 1,
      details: {
        firstLoadBytes: firstLoad.bytes,
        pullMilliseconds: Math.round(pull.milliseconds),
        pullBytes: pull.bytes,
        coldStartMilliseconds: starts.rounds,
        keystrokeMilliseconds: Number(keystroke.toFixed(1)),
        pushMilliseconds: Math.round(push),
      },
    }
  } finally {
    await browser.close()
    await stop()
  }
}

/** The product on data of its own, as the browser tests start it; or one that runs already, at E2E_URL. */
async function startProduct() {
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
    await sleep(500)
  }
  return async () => {
    product.kill('SIGTERM')
    await new Promise((ended) => product.once('exit', ended))
  }
}

type Owner = Awaited<ReturnType<typeof ownerOf>>

/** Subscribers with a service each, all on the first route of the collector who signs in. */
async function fillRoute(owner: Owner, count: number) {
  const [plan] = (await owner.read('plans')).filter(
    (one) => one['billing_mode'] === 'postpaid' && one['state'] !== 'retired',
  )
  const [barangay] = await owner.read('barangays')
  const [route] = (await owner.read('routes')).filter((one) => one['collector_name'] !== null)
  if (!plan || !barangay || !route) throw new Error('The demo has no plan, barangay or route')

  for (let first = 0; first < count; first += IMPORT_AT_ONCE) {
    const rows = Array.from({ length: Math.min(IMPORT_AT_ONCE, count - first) }, (_, at) => ({
      line: at + 1,
      name: `Bench ${first + at} dela Cruz`,
      phone: `0917${String(first + at).padStart(7, '0')}`,
      barangay: barangay['name'],
      purok: `Purok ${at % 9}`,
      landmark: `Beside store ${at % 300}`,
      plan: plan['name'],
      activated_on: '2026-09-01',
    }))
    const { imported } = await owner.ask('import_subscribers', { batch_id: newId(), rows })
    if (Number(imported) !== rows.length) throw new Error('Not every subscriber was brought in')
  }
  await owner.ask('add_barangay_to_route', { route_id: route['id'], barangay_id: barangay['id'] })
}

/** JS and CSS, as packed over the line, of the document that a signed-in collector opens first. */
async function firstLoadOf(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await session.send('Network.setBypassServiceWorker', { bypass: true })
  const kinds = new Map<string, string>()
  const sizes: Array<number> = []
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId)
    if (kind === 'Script' || kind === 'Stylesheet') sizes.push(encodedDataLength)
  })
  await page.reload({ waitUntil: 'networkidle' })
  await page.getByLabel('New PIN').waitFor()
  await session.detach()

  const bare = await (await page.request.get('/offline.html')).body()
  return {
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    files: sizes.length,
    bare: brotliCompressSync(bare).length,
  }
}

async function slowed(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER })
  return session
}

/** From the office's yes to the route on the screen. */
async function firstPull(page: Page, session: CDPSession, owner: Owner) {
  await page.getByLabel('New PIN').fill(PIN)
  await page.getByLabel('The same once more').fill(PIN)
  await page.getByRole('button', { name: 'Use this PIN' }).click()
  const look = page.getByRole('button', { name: 'Look again' })
  await look.waitFor({ timeout: 60_000 })
  for (const device of await owner.read('devices')) {
    if (device['status'] === 'pending')
      await owner.ask('approve_device', { device_id: device['id'] })
  }

  const pulls = new Set<string>()
  let bytes = 0
  await session.send('Network.enable')
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url.includes('/api/sync/pull')) pulls.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (pulls.has(requestId)) bytes += encodedDataLength
  })
  const start = performance.now()
  await look.click()
  await page.getByRole('radiogroup').waitFor({ timeout: 300_000 })
  const milliseconds = performance.now() - start
  await page.getByText('All sent').waitFor({ timeout: 120_000 })
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (!navigator.serviceWorker.controller) await new Promise((go) => setTimeout(go, 50))
  })
  return { milliseconds, bytes }
}

const DEEP = '/collector?show=all'

/** No signal, a new page: until the PIN can be typed, and from its last digit until the list is there. */
async function coldStarts(context: BrowserContext, first: Page) {
  await context.setOffline(true)
  await first.close()
  const rounds: Array<{ door: number; list: number }> = []
  for (let round = 0; ; round += 1) {
    const page = await context.newPage()
    const session = await slowed(page)
    const start = performance.now()
    await page.goto(DEEP, { waitUntil: 'commit' })
    const pin = page.getByLabel('PIN', { exact: true })
    await pin.waitFor()
    const door = performance.now() - start
    await sleep(500)
    const typed = performance.now()
    await pin.fill(PIN)
    await page.locator('a[href^="/collector/subscribers/"]').first().waitFor({ timeout: 60_000 })
    const list = performance.now() - typed
    // The first one warms the machine.
    if (round > 0) rounds.push({ door, list })
    if (round === ROUNDS) {
      return {
        page,
        session,
        door: median(rounds.map((one) => one.door)),
        list: median(rounds.map((one) => one.list)),
        total: median(rounds.map((one) => one.door + one.list)),
        rounds: rounds.map((one) => Math.round(one.door + one.list)),
      }
    }
    await page.close()
  }
}

/** What the page's one thread does for a key: the letter, the search, the list drawn. */
async function searchCost(page: Page, session: CDPSession) {
  await session.send('Performance.enable')
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
  const search = page.getByRole('searchbox')
  await search.fill('warm')
  await search.fill('')
  await sleep(1_000)

  // What the page does anyway, for as long as typing takes.
  const idleFrom = await busy()
  await sleep(TYPED.length * 200)
  const idle = (await busy()) - idleFrom

  const from = await busy()
  for (const key of TYPED) {
    await search.press(key === ' ' ? 'Space' : key)
    await sleep(200)
  }
  return Math.max(0, (await busy()) - from - idle) / TYPED.length
}

/** As many doors where nobody was home, written without signal and sent with the first bar. */
async function pushAll(context: BrowserContext, page: Page, count: number) {
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.getByRole('searchbox').fill('')
  for (let made = 0; made < count; made += 1) {
    await page.locator('a[href^="/collector/subscribers/"]').first().click()
    await page.getByRole('link', { name: 'No cash today' }).click()
    await page.getByRole('button', { name: 'Save visit' }).click()
    await page.getByRole('searchbox').waitFor()
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER })
  const start = performance.now()
  await context.setOffline(false)
  await page.getByText('All sent').waitFor({ timeout: 300_000 })
  return performance.now() - start
}

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1)

const sleep = (milliseconds: number) => new Promise((go) => setTimeout(go, milliseconds))
