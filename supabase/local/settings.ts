// What may be told to `npm start`, all of it optional.

import path from 'node:path'
import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  API_PORT: port.default(54_321),
  PG_PORT: port.default(54_322),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((folder) => path.resolve(folder)),
  /** With the address of a real project nothing is embedded. */
  SUPABASE_URL: z.url().optional(),
  SITE_URL: z.url().optional(),
  /** How many proxies in front are ours: their word on who asks, and whether by TLS, is believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(9).default(0),
})

export type Settings = z.infer<typeof schema>

export function readSettings(environment: Record<string, string | undefined>): Settings {
  const result = schema.safeParse(environment)
  if (!result.success)
    throw new Error(`The environment is wrong.\n${z.prettifyError(result.error)}`)
  return result.data
}

/** Where a browser on this machine finds the app. */
export function siteUrl({ SITE_URL, HOST, PORT }: Settings): string {
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST
  return SITE_URL ?? `http://${host}:${PORT}`
}
