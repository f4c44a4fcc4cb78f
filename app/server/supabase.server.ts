import { createServerClient, parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'
import { createClient } from '@supabase/supabase-js'
import { env } from './env.server'
import { sharingRenewals } from './renewal.server'

/**
 * The one way to Supabase. The person's tokens live in an HttpOnly cookie: no script ever sees
 * them, and only this server renews them.
 */

const COOKIE = 'linyada_session'

/** We never subscribe, but on Node 20 the client wants a WebSocket before it starts. */
class NoSocket {
  constructor() {
    throw new Error('Realtime is not used on the server')
  }
}
const realtime = { transport: NoSocket as unknown as typeof WebSocket }

const shared = sharingRenewals()

export type Db = ReturnType<typeof openSupabase>['db']

/**
 * A client that acts as the person behind the request. `headers` collects the cookies of a renewed
 * session: every answer must carry them.
 */
export function openSupabase(request: Request) {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = env()
  const headers = new Headers()
  const fresh = new Map<string, string>()

  const db = createServerClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    db: { schema: 'api' },
    realtime,
    global: { headers: traceOf(request), ...(isReading(request) ? { fetch: shared } : {}) },
    cookieOptions: {
      name: COOKIE,
      httpOnly: true,
      sameSite: 'lax',
      secure: new URL(request.url).protocol === 'https:',
      path: '/',
    },
    cookies: {
      encode: 'tokens-only',
      getAll: () =>
        parseCookieHeader(request.headers.get('cookie') ?? '').map(({ name, value }) => ({
          name,
          value: value ?? '',
        })),
      setAll: (cookies) => {
        // A session may be renewed twice while one request is answered; only the last one counts.
        for (const { name, value, options } of cookies) {
          fresh.set(name, serializeCookieHeader(name, value, options))
        }
        headers.delete('Set-Cookie')
        for (const cookie of fresh.values()) headers.append('Set-Cookie', cookie)
        headers.set('Cache-Control', 'private, no-store')
      },
    },
  })

  return { db, headers }
}

/** Takes the session out of the browser, even when Supabase could not be told. */
export function forgetSession(request: Request, headers: Headers) {
  const secure = new URL(request.url).protocol === 'https:'
  for (const { name } of parseCookieHeader(request.headers.get('cookie') ?? '')) {
    if (!name.startsWith(COOKIE)) continue
    const gone = { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 0 } as const
    headers.append('Set-Cookie', serializeCookieHeader(name, '', gone))
  }
}

/** A client that acts as nobody, for what anyone may ask; or as the holder of this token, and never renews it. */
export function openAnonymous(request: Request, token?: string) {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = env()
  const holder: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  return createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    db: { schema: 'api' },
    realtime,
    global: { headers: { ...traceOf(request), ...holder } },
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  })
}

/** A form that changes whom the session is for wants a token of its own; all others may share one. */
function isReading(request: Request) {
  return request.method === 'GET' || new URL(request.url).pathname.startsWith('/api/')
}

/** Tells the audit log which screen wrote, from where, in which request. */
function traceOf(request: Request): Record<string, string> {
  const trace: Record<string, string> = { 'x-linyada-source': sourceOf(request) }
  for (const name of ['x-request-id', 'x-linyada-address']) {
    const value = request.headers.get(name)
    if (value) trace[name] = value
  }
  return trace
}

function sourceOf(request: Request) {
  const [, room] = new URL(request.url).pathname.split('/')
  if (room === 'office' || room === 'portal') return room
  if (room === 'collector' || room === 'technician' || room === 'api') return 'phone'
  return 'web'
}
