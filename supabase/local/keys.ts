// The embedded project's secrets, made once and kept beside its data.

import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { generateApiKey } from '@supabase/lite'

export type Keys = { publishableKey: string; secretKey: string; jwtSecret: string }

export async function loadKeys(dataDir: string): Promise<Keys> {
  const file = path.join(dataDir, 'keys.json')
  const stored = await readFile(file, 'utf8').catch(() => undefined)
  if (stored) return JSON.parse(stored) as Keys

  const keys = await createKeys()
  await mkdir(dataDir, { recursive: true })
  await writeFile(file, JSON.stringify(keys, null, 2), { mode: 0o600 })
  return keys
}

export async function createKeys(): Promise<Keys> {
  return {
    publishableKey: (await generateApiKey('publishable')).key,
    secretKey: (await generateApiKey('secret')).key,
    jwtSecret: randomBytes(32).toString('hex'),
  }
}
