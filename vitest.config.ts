import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/longest-first.ts'

const alias = { '~': fileURLToPath(new URL('app', import.meta.url)) }
const setupFiles = ['tests/quiet.ts']

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['app/**/*.test.{ts,tsx}', 'supabase/**/*.test.ts', 'tests/*.test.ts'],
          setupFiles,
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'db',
          environment: 'node',
          include: ['tests/db/**/*.test.ts', 'tests/oracle/**/*.test.ts'],
          globalSetup: 'tests/db/server.ts',
          setupFiles,
          testTimeout: 90_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
