// The session of a phone, as the web server keeps it in a cookie and Auth behind it.

import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { apiUrl, environment } from '../product.ts'

const COOKIE = 'linyada_session'
const PREFIX = 'base64-'
/** As @supabase/ssr cuts a long cookie. */
const CHUNK = 3_180

type Session = { access_token: string; refresh_token: string; expires_at: number }

/** The access token ran out long ago: it is signed by the project, and says so itself. */
export async function letTokenRunOut(context: BrowserContext) {
  const session = await sessionOf(context)
  const { jwtSecret } = await keys()
  const [head = '', body = ''] = session.access_token.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, number>
  const past = Math.floor(Date.now() / 1000) - 86_400
  const old = encode({ ...claims, iat: past - 3_600, exp: past })
  const signature = createHmac('sha256', jwtSecret).update(`${head}.${old}`).digest('base64url')
  await keepSession(context, {
    ...session,
    access_token: `${head}.${old}.${signature}`,
    expires_at: past,
  })
}

/** Ends every session of this person at Auth, as an owner or a stolen phone may ask for. The cookie knows nothing of it. */
export async function revokeSessions(context: BrowserContext) {
  const { access_token } = await sessionOf(context)
  const { publishableKey } = await keys()
  const answer = await fetch(`${apiUrl}/auth/v1/logout?scope=global`, {
    method: 'POST',
    headers: { apikey: publishableKey, authorization: `Bearer ${access_token}` },
  })
  if (!answer.ok) throw new Error(`Auth does not end the sessions: ${answer.status}`)
}

async function sessionOf(context: BrowserContext): Promise<Session> {
  const parts = await ownCookies(context)
  const value = parts.map((cookie) => cookie.value).join('')
  const json = Buffer.from(value.slice(PREFIX.length), 'base64url').toString()
  return JSON.parse(json) as Session
}

async function keepSession(context: BrowserContext, session: Session) {
  const [before] = await ownCookies(context)
  if (!before) throw new Error('Nobody is signed in')
  await context.clearCookies({ name: new RegExp(`^${COOKIE}`) })
  const value = PREFIX + encode(session)
  const count = Math.ceil(value.length / CHUNK)
  await context.addCookies(
    Array.from({ length: count }, (_, at) => ({
      ...before,
      name: count === 1 ? COOKIE : `${COOKIE}.${at}`,
      value: value.slice(at * CHUNK, (at + 1) * CHUNK),
    })),
  )
}

async function ownCookies(context: BrowserContext) {
  const all = await context.cookies()
  return all
    .filter(({ name }) => name === COOKIE || name.startsWith(`${COOKIE}.`))
    .sort((a, b) => a.name.localeCompare(b.name))
}

async function keys() {
  const stored = await readFile(path.join(environment.DATA_DIR, 'keys.json'), 'utf8')
  return JSON.parse(stored) as { publishableKey: string; jwtSecret: string }
}

function encode(value: unknown) {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
