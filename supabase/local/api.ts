// Supabase's two services in one handler: Auth under /auth/v1, the Data API under /rest/v1.
// Settings follow ../config.toml, which a hosted project gets.

import { fileURLToPath } from 'node:url'
import { App, type ServerOptions } from '@supabase/lite'
import postgres from 'postgres'
import { DataConnection, OwnConnection } from './data-connection.ts'
import type { Keys } from './keys.ts'
import type { Mailbox } from './mail.ts'
import { withEveryFilter } from './repeated-filters.ts'
import { applyTokenHook } from './token-hook.ts'

type ApiOptions = {
  /** The address of the database for one of Supabase's own roles. */
  databaseUrl: (role: 'authenticator' | 'supabase_auth_admin') => string
  /** Where this API will be found; mails link to it. */
  apiUrl: string
  /** Where the application will be found. */
  siteUrl: string
  keys: Keys
  mailbox: Mailbox
}

export type Api = {
  fetch: (request: Request) => Promise<Response>
  /** Takes new connections, because settings of the database reach only those. */
  renew: () => Promise<void>
  close: () => Promise<void>
}

export function createApi(options: ApiOptions): Api {
  let services = connect(options)

  return {
    fetch: (request) => handle(services, request, options.keys.jwtSecret),
    renew: async () => {
      const former = services
      services = connect(options)
      await former.close()
    },
    close: () => services.close(),
  }
}

type Services = ReturnType<typeof connect>

function connect({ databaseUrl, apiUrl, siteUrl, keys, mailbox }: ApiOptions) {
  const authSettings = {
    enabled: true,
    jwt_secret: keys.jwtSecret,
    publishable_key: keys.publishableKey,
    secret_key: keys.secretKey,
    site_url: siteUrl,
    additional_redirect_urls: [`${siteUrl}/**`],
    jwt_expiry: 3600,
    enable_refresh_token_rotation: true,
    refresh_token_reuse_interval: 10,
    minimum_password_length: 8,
    email: {
      enable_signup: true,
      enable_confirmations: false,
      double_confirm_changes: true,
      max_frequency: '1s',
      otp_expiry: 3600,
      template: {
        recovery: template('recovery', 'Your new Linyada password'),
        confirmation: template('confirmation', 'Confirm your Linyada address'),
        magic_link: template('magic-link', 'Sign in to Linyada'),
        email_change: template('email-change', 'Confirm your new Linyada address'),
      },
    },
  }
  const apiSettings = {
    enabled: true,
    schemas: ['api'],
    extra_search_path: ['extensions'],
    max_rows: 1000,
    external_url: apiUrl,
  }

  const authConnection = new OwnConnection(databaseUrl('supabase_auth_admin'), 5)
  const dataConnection = new DataConnection(databaseUrl('authenticator'))
  const hookSql = postgres(databaseUrl('supabase_auth_admin'), { max: 2, onnotice: () => {} })

  return {
    hookSql,
    auth: new App({
      connection: authConnection,
      api: { ...apiSettings, enabled: false },
      auth: authSettings,
      options: { drivers: { email: mailbox } },
    }),
    data: new App({
      connection: dataConnection,
      api: apiSettings,
      auth: { ...authSettings, enabled: false },
      options: { server: { middlewares: [trustTokens] } },
    }),
    close: async () => {
      await Promise.all([authConnection.close(), dataConnection.close(), hookSql.end()])
    },
  }
}

/** The package asks whether person and session still exist. PostgREST trusts a signed token until it ends. */
const trustTokens: NonNullable<ServerOptions['middlewares']>[number] = async (context, next) => {
  const repo = { findUserById: async () => true, findSessionById: async () => true }
  context.set('authService', { repo } as never)
  await next()
}

function template(name: string, subject: string) {
  const file = new URL(`../templates/${name}.html`, import.meta.url)
  return { subject, content_path: fileURLToPath(file) }
}

async function handle({ auth, data, hookSql }: Services, request: Request, jwtSecret: string) {
  const { pathname } = new URL(request.url)
  if (pathname.startsWith('/auth/v1/')) {
    const response = await auth.fetch(request.clone())
    return closed(await applyTokenHook({ sql: hookSql, jwtSecret }, request, response))
  }
  if (pathname.startsWith('/rest/v1/')) {
    const asked = withEveryFilter(request.url)
    const whole = asked === request.url ? request : new Request(asked, request)
    return closed(await data.fetch(withSchema(whole)))
  }
  return new Response('Not found', { status: 404 })
}

/** Whoever names no schema means the first one exposed. */
function withSchema(request: Request): Request {
  const header = ['GET', 'HEAD'].includes(request.method) ? 'accept-profile' : 'content-profile'
  if (request.headers.has(header)) return request
  const named = new Request(request)
  named.headers.set(header, 'api')
  return named
}

/** No browser of another origin may read the answers: the app asks from its server. */
function closed(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const name of [...headers.keys()]) {
    if (name.startsWith('access-control-')) headers.delete(name)
  }
  const { status, statusText } = response
  return new Response(response.body, { status, statusText, headers })
}
