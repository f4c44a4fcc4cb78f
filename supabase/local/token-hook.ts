// Supabase Auth asks a function of the database what each access token shall say. The embedded
// Auth does not, so this does it for every token on its way out.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type postgres from 'postgres'

type Claims = Record<string, unknown>

type HookAnswer = { claims?: Claims; error?: { http_code?: number; message?: string } }

type TokenHook = {
  /** A connection as supabase_auth_admin, who alone may run the hook. */
  sql: postgres.Sql
  jwtSecret: string
}

const HOOK = 'access.custom_access_token_hook'

/** Auth refuses tokens without these, whatever the hook thinks. */
const REQUIRED = ['aud', 'exp', 'iat', 'sub', 'role', 'aal', 'session_id'] as const

export async function applyTokenHook(hook: TokenHook, request: Request, response: Response) {
  const location = response.headers.get('location')
  if (location?.includes('access_token=')) return redirected(hook, request, response, location)

  const isJson = response.headers.get('content-type')?.includes('json')
  if (!response.ok || !isJson) return response

  const body = (await response.clone().json()) as Claims | null
  if (typeof body?.['access_token'] !== 'string') return response

  const token = await reissue(hook, body['access_token'], methodOf(request))
  if (token instanceof Response) return token
  return Response.json({ ...body, access_token: token }, response)
}

/** A link in a mail ends in a redirect that carries the session behind the #. */
async function redirected(hook: TokenHook, request: Request, response: Response, location: string) {
  const [page = '', fragment = ''] = location.split('#')
  const session = new URLSearchParams(fragment)
  const token = await reissue(hook, session.get('access_token') ?? '', methodOf(request))

  if (token instanceof Response) {
    const { msg } = (await token.json()) as { msg: string }
    const refusal = new URLSearchParams({ error: 'access_denied', error_description: msg })
    return redirect(response, `${page}#${refusal}`)
  }
  session.set('access_token', token)
  return redirect(response, `${page}#${session}`)
}

function redirect(response: Response, location: string) {
  const headers = new Headers(response.headers)
  headers.set('location', location)
  return new Response(null, { status: response.status, headers })
}

function methodOf(request: Request): string {
  const url = new URL(request.url)
  const grant = url.searchParams.get('grant_type')
  if (grant === 'refresh_token') return 'token_refresh'
  if (grant === 'pkce') return 'oauth'
  if (url.pathname.endsWith('/verify')) return 'otp'
  return 'password'
}

/** The token as the hook wants it, or Auth's refusal. */
async function reissue(
  { sql, jwtSecret }: TokenHook,
  token: string,
  method: string,
): Promise<string | Response> {
  const signed = verify(token, jwtSecret)
  if (!signed) return refusal(500, 'The access token was not signed with our secret')

  const claims = complete(signed, method)
  const event = { user_id: claims['sub'], claims, authentication_method: method }
  const answer = await askHook(sql, JSON.stringify(event)).catch((error: Error): HookAnswer => ({
    error: { http_code: 500, message: `Error running hook ${HOOK}: ${error.message}` },
  }))
  if (!answer) return sign(claims, jwtSecret)
  if (answer.error) {
    return refusal(answer.error.http_code ?? 500, answer.error.message ?? 'Sign-in was refused')
  }

  const missing = REQUIRED.filter((name) => answer.claims?.[name] === undefined)
  if (!answer.claims || missing.length > 0) {
    return refusal(500, `${HOOK} returned no claims ${missing.join(', ')}`)
  }
  return sign(answer.claims, jwtSecret)
}

/** What Auth says in every token and the embedded one leaves out. */
function complete(claims: Claims, method: string): Claims {
  return {
    phone: '',
    app_metadata: {},
    user_metadata: {},
    aal: 'aal1',
    amr: [{ method, timestamp: claims['iat'] }],
    is_anonymous: false,
    ...claims,
  }
}

/** Undefined before the migration that brings the hook. */
async function askHook(sql: postgres.Sql, event: string): Promise<HookAnswer | undefined> {
  const [found] = await sql<Array<{ exists: boolean }>>`
    select exists (
      select from pg_proc
      where pronamespace = (select oid from pg_namespace where nspname = 'access')
        and proname = 'custom_access_token_hook'
    ) as exists
  `
  if (!found?.exists) return undefined

  const [row] = await sql<Array<{ answer: HookAnswer }>>`
    select access.custom_access_token_hook(${event}::text::jsonb) as answer
  `
  return row?.answer
}

function refusal(status: number, message: string): Response {
  return Response.json(
    { code: status, error_code: 'hook_refused', msg: message },
    { status, headers: { 'x-sb-error-code': 'hook_refused' } },
  )
}

export function sign(claims: Claims, secret: string): string {
  const head = encode({ alg: 'HS256', typ: 'JWT' })
  const body = encode(claims)
  return `${head}.${body}.${signature(`${head}.${body}`, secret)}`
}

/** The claims, if we signed them. Whether they are still valid is for whoever reads them. */
export function verify(token: string, secret: string): Claims | undefined {
  const [head, body, signed] = token.split('.')
  if (!head || !body || !signed) return undefined
  const expected = Buffer.from(signature(`${head}.${body}`, secret))
  const given = Buffer.from(signed)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims
}

function encode(part: Claims): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function signature(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url')
}
