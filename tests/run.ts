// `npm test`: everything, in the order in which a mistake is cheapest to find. Ends with what failed and one line
// that sums up all suites, and fails when anything did.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildIfStale } from '../supabase/local/build.ts'

type Score = { passed: number; failed: number; skipped: number }

const PASSED: Score = { passed: 1, failed: 0, skipped: 0 }
const FAILED: Score = { passed: 0, failed: 1, skipped: 0 }

/** What failed, said again at the end: the log of a whole run is long, and who reads it sees its end. */
const failures: Array<string> = []

const reports = await mkdtemp(path.join(tmpdir(), 'linyada-reports-'))
const vitestReport = path.join(reports, 'vitest.json')
const playwrightReport = path.join(reports, 'playwright.json')

const scores: Array<Score> = [
  await check('Format', 'prettier', ['--check', '.', '--log-level', 'warn']),
  // Each keeps one core busy for as long as the other.
  ...(await Promise.all([
    check('Lint', 'eslint', ['--max-warnings', '0', '.']),
    check('Types', 'tsc', []),
  ])),
  await vitest(),
  await build(),
  await playwright(),
]
await rm(reports, { recursive: true, force: true })

const total = scores.reduce((sum, score) => ({
  passed: sum.passed + score.passed,
  failed: sum.failed + score.failed,
  skipped: sum.skipped + score.skipped,
}))
for (const failure of failures) console.log(`\nFAILED ${failure}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

/** One step without tests of its own counts as one. */
async function check(title: string, command: string, args: Array<string>): Promise<Score> {
  console.log(`\n${title}`)
  if (await run(command, args)) return PASSED
  failures.push(title)
  return FAILED
}

/** The browser journeys use this same build, because its stamp is fresh. */
async function build(): Promise<Score> {
  try {
    await buildIfStale((text) => console.log(`\n${text}`))
    return PASSED
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    failures.push('Build')
    return FAILED
  }
}

async function vitest(): Promise<Score> {
  console.log('\nUnit and database tests')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]
  const succeeded = await run('vitest', args)
  const report = await readReport<{
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numTodoTests: number
    testResults: Array<{
      name: string
      message: string
      status: string
      assertionResults: Array<{ fullName: string; status: string; failureMessages: Array<string> }>
    }>
  }>(vitestReport)
  for (const file of report?.testResults ?? []) {
    const place = path.relative(process.cwd(), file.name)
    const failed = file.assertionResults.filter(({ status }) => status === 'failed')
    for (const test of failed) {
      failures.push(`${place}: ${test.fullName}\n${test.failureMessages.join('\n')}`)
    }
    if (file.status === 'failed' && failed.length === 0) failures.push(`${place}\n${file.message}`)
  }
  return settle(succeeded, 'Unit and database tests', {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  })
}

async function playwright(): Promise<Score> {
  console.log('\nBrowser journeys')
  if (!(await installChromium())) return FAILED
  const succeeded = await run('playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
  })
  const report = await readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    suites: Array<Suite>
  }>(playwrightReport)
  for (const { file, line, title, tests } of (report?.suites ?? []).flatMap(specsOf)) {
    for (const { status, results } of tests) {
      const [error] = results.flatMap(({ errors }) => errors)
      if (status === 'unexpected') failures.push(`${file}:${line} ${title}\n${error?.message}`)
      if (status === 'flaky') failures.push(`at first, ${file}:${line} ${title}`)
    }
  }
  return settle(succeeded, 'Browser journeys', {
    passed: (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0),
    failed: report?.stats.unexpected ?? 0,
    skipped: report?.stats.skipped ?? 0,
  })
}

type Suite = {
  suites?: Array<Suite>
  specs: Array<{
    file: string
    line: number
    title: string
    tests: Array<{ status: string; results: Array<{ errors: Array<{ message?: string }> }> }>
  }>
}

function specsOf({ specs, suites = [] }: Suite): Suite['specs'] {
  return [...specs, ...suites.flatMap(specsOf)]
}

/** A suite that broke before or after its tests has failed too. */
function settle(succeeded: boolean, title: string, score: Score): Score {
  if (succeeded || score.failed > 0) return score
  failures.push(`${title}: the suite itself`)
  return { ...score, failed: 1 }
}

async function readReport<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text ? (JSON.parse(text) as T) : undefined
}

/** Debian's package where we may install it, else Playwright's own download. */
async function installChromium(): Promise<boolean> {
  if (existsSync('/usr/bin/chromium')) return true
  const isRoot = process.getuid?.() === 0
  const hasApt = spawnSync('apt-get', ['--version']).status === 0
  if (!isRoot || !hasApt) return run('playwright', ['install', 'chromium'])

  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '--yes', '--no-install-recommends', 'chromium']
  return (
    spawnSync('apt-get', ['update'], { stdio: 'inherit', env }).status === 0 &&
    spawnSync('apt-get', install, { stdio: 'inherit', env }).status === 0
  )
}

function run(command: string, args: Array<string>, env: Record<string, string> = {}) {
  return new Promise<boolean>((resolve) => {
    const child = spawn(path.join('node_modules/.bin', command), args, {
      stdio: 'inherit',
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
