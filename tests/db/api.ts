// The API over HTTP on a database of the test's own.

import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { onTestFinished } from 'vitest'
import { createApi } from '../../supabase/local/api.ts'
import { createKeys, type Keys } from '../../supabase/local/keys.ts'
import { freePort, listen } from '../../supabase/local/listen.ts'
import type { Mail } from '../../supabase/local/mail.ts'
import { sign } from '../../supabase/local/token-hook.ts'
import { type Claims, type OwnDatabase, ownDatabase } from './database.ts'

export type OwnApi = OwnDatabase &
  Keys & {
    apiUrl: string
    /** Every mail Auth sent, oldest first. */
    mails: Array<Pick<Mail, 'to' | 'subject' | 'html' | 'text'>>
    /** A client as the app makes it; signed out, unless given a key that needs no person. */
    client: (key?: string) => SupabaseClient<never, 'api'>
    /** The same for somebody who signed in, with a token of these claims. */
    clientOf: (claims: Claims) => SupabaseClient<never, 'api'>
  }

/** `prepare` runs before the API reads the schema, which it does only once. */
export async function ownApi(prepare?: (database: OwnDatabase) => Promise<void>): Promise<OwnApi> {
  const database = await ownDatabase()
  await prepare?.(database)

  const keys = await createKeys()
  const mails: OwnApi['mails'] = []
  const port = await freePort()
  const apiUrl = `http://127.0.0.1:${port}`
  const api = createApi({
    databaseUrl: (role) => {
      const url = new URL(database.url)
      url.username = role
      return url.href
    },
    apiUrl,
    siteUrl: 'http://127.0.0.1:3000',
    keys,
    mailbox: { send: async (mail) => void mails.push(mail), read: async () => [] },
  })
  const server = await listen(port, api.fetch)

  onTestFinished(async () => {
    await server.close()
    await api.close()
  })

  const clientWith = (key: string, more: { accessToken?: () => Promise<string> } = {}) =>
    createClient<never, 'api'>(apiUrl, key, {
      db: { schema: 'api' },
      auth: { persistSession: false, autoRefreshToken: false },
      // Node 20 has no WebSocket of its own, and nothing here needs one.
      realtime: { transport: class {} as never },
      ...more,
    })

  return {
    ...database,
    ...keys,
    apiUrl,
    mails,
    client: (key = keys.publishableKey) => clientWith(key),
    clientOf: (claims) => {
      const exp = Math.floor(Date.now() / 1000) + 3_600
      const token = { ...claims, role: 'authenticated', aud: 'authenticated', exp }
      return clientWith(keys.publishableKey, {
        accessToken: async () => sign(token, keys.jwtSecret),
      })
    },
  }
}
