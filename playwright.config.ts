import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { baseUrl } from './tests/e2e/product.ts'

const DEBIAN_CHROMIUM = '/usr/bin/chromium'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // The journeys share one product and its demo data.
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  // A shared runner may stall for longer than any person waits; a second failure is a real one.
  retries: process.env['CI'] ? 1 : 0,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    baseURL: baseUrl,
    trace: 'on-first-retry',
    // What is half faded in has the contrast of neither its beginning nor its end.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: process.env['E2E_URL']
    ? undefined
    : {
        command: 'node --import tsx tests/e2e/serve.ts',
        url: `${baseUrl}/health`,
        timeout: 600_000,
        reuseExistingServer: false,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
        stdout: 'ignore',
        stderr: 'pipe',
      },
})
