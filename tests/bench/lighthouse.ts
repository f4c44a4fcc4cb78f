// Lighthouse as on a phone: sign-in, the collector's app and the portal, each three times, the best counted: other work on the
// machine only ever makes a page look slower. With the collector signed in a load ends at the door of the PIN, for every load does.
//
// Lighthouse measures the machine each time (its index) and slows it to a middling phone by that, as its own calculator does: four
// times on a quiet desktop, less where the machine is slow or busy already.
//
// Lighthouse and what it brings are 185 MB in 200 packages, so it is fetched by the one who measures, not by everybody.

import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'
import { approvePhones, chromiumFlags, chromiumPath, startProduct } from './browser.ts'
import type { Options, Result } from './measure.ts'

const PORT = 3195
process.env['E2E_PORT'] ??= String(PORT)
const { baseUrl, environment } = await import('../e2e/product.ts')
const { demoLogin, ownerOf } = await import('../e2e/auth/people.ts')
const { choosePin, readyForTheRoad } = await import('../e2e/collector/phone.ts')

const LIGHTHOUSE = 'lighthouse@12.8.2'
/** The API and the database of this product have the ten and eleven thousands. */
const DEBUG_PORT = PORT + 12_000
const ROUNDS = 3

const aims = { performance: 95, accessibility: 100, 'best-practices': 100 }
type Category = keyof typeof aims
const categories = Object.keys(aims) as Array<Category>

type Report = {
  categories: Record<Category, { score: number | null; auditRefs: Array<{ id: string }> }>
  environment: { benchmarkIndex: number }
  audits: Record<string, { title: string; score: number | null; numericValue?: number }>
}
type Page = { name: string; path: string; enter: (context: BrowserContext) => Promise<void> }

export async function measure({ say }: Options): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'linyada-lighthouse-'))
  const stop = await startProduct(baseUrl, environment)
  const context = await chromium.launchPersistentContext(path.join(folder, 'browser'), {
    args: [...chromiumFlags, `--remote-debugging-port=${DEBUG_PORT}`],
    ...chromiumPath,
    baseURL: baseUrl,
  })
  try {
    const missing: Array<number> = []
    let index = DESKTOP_INDEX
    const details: Result['details'] = {}
    for (const page of pages) {
      await page.enter(context)
      const reports: Array<Report> = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const slower = slowdownAt(index)
        const report = await audit(page.path, slower, path.join(folder, 'report.json'))
        const { benchmarkIndex } = report.environment
        say(`  ${page.name}: slowed ${slower.toFixed(1)} ×, the machine's index ${benchmarkIndex}`)
        index = benchmarkIndex
        reports.push(report)
      }
      for (const category of categories) {
        const scores = reports.map((report) => scoreOf(report, category))
        const best = Math.max(...scores)
        const failed = reports[scores.indexOf(best)]
        details[`${page.name}, ${category}`] = best
        missing.push(aims[category] / best)
        say(`  ${page.name}, ${category}: ${best} (aim ${aims[category]}; ${scores.join(', ')})`)
        if (failed && best < aims[category]) {
          for (const word of troublesOf(failed, category)) say(`    ${word}`)
        }
      }
    }
    return {
      name: 'lighthouse, what misses its aim most',
      ratio: Math.max(...missing),
      target: 1,
      details,
    }
  } finally {
    await context.close()
    await stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const pages: ReadonlyArray<Page> = [
  { name: 'sign-in', path: '/sign-in', enter: async () => {} },
  { name: 'collector', path: '/collector', enter: enterAsCollector },
  { name: 'portal', path: '/portal', enter: enterAsSubscriber },
]

async function enterAsCollector(context: BrowserContext) {
  const page = await signedIn(context, 'Collector', '/collector')
  await choosePin(page)
  const look = page.getByRole('button', { name: 'Look again' })
  await look.waitFor()
  const boss = await demoLogin('Owner')
  await approvePhones(await ownerOf(boss.email, boss.password))
  await look.click()
  await readyForTheRoad(page)
  await page.close()
}

async function enterAsSubscriber(context: BrowserContext) {
  await context.clearCookies()
  const page = await signedIn(context, 'Subscriber', '/portal')
  await page.close()
}

async function signedIn(context: BrowserContext, role: string, to: string) {
  const login = await demoLogin(role)
  const page = await context.newPage()
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`)
  await page.locator('input[name=name]').fill(login.email)
  await page.locator('input[name=password]').fill(login.password)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL(`**${to}`)
  return page
}

/** Of the desktop that four times is meant for. */
const DESKTOP_INDEX = 1533

/** By the steps of the calculator that Lighthouse names for this. */
function slowdownAt(index: number) {
  if (index >= 1300) return 3 + (index - 1300) / 233
  if (index >= 800) return 2 + (index - 800) / 500
  return Math.max(1, 1 + (index - 150) / 650)
}

async function audit(address: string, slower: number, file: string): Promise<Report> {
  await run('npm', [
    'exec',
    '--yes',
    `--package=${LIGHTHOUSE}`,
    '--',
    'lighthouse',
    `${baseUrl}${address}`,
    `--port=${DEBUG_PORT}`,
    '--disable-storage-reset',
    `--only-categories=${categories.join(',')}`,
    `--throttling.cpuSlowdownMultiplier=${slower}`,
    '--output=json',
    `--output-path=${file}`,
    '--quiet',
  ])
  return JSON.parse(await readFile(file, 'utf8')) as Report
}

function run(command: string, args: ReadonlyArray<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const running = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    running.once('error', reject)
    running.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${LIGHTHOUSE} ended with ${code}`)),
    )
  })
}

function scoreOf(report: Report, category: Category) {
  return Math.round((report.categories[category].score ?? 0) * 100)
}

/** What a page lost points for. */
function troublesOf({ categories: all, audits }: Report, category: Category) {
  return all[category].auditRefs.flatMap(({ id }) => {
    const found = audits[id]
    if (!found || found.score === null || found.score >= 0.9) return []
    const value = found.numericValue === undefined ? '' : `, ${Math.round(found.numericValue)}`
    return `${id}: ${found.title} (${found.score}${value})`
  })
}
