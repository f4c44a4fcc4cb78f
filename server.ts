import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type NextFunction, type Request, type Response } from 'express'
import { onlyReadableAddresses, onlyReadableBodies } from './app/server/front-door.ts'

/** The web server: pages and edge API by Remix, files from the build, and the headers around both. */

const root = fileURLToPath(new URL('.', import.meta.url))
const clientDirectory = join(root, 'build/client')
const DRAIN_LIMIT_MILLISECONDS = 10_000
const YEAR_SECONDS = 31_536_000

export type StartOptions = {
  port: number
  host: string
  /** Hot reload instead of the build. */
  isDevelopment?: boolean
  /** How many proxies in front are ours; their forwarded headers are believed. */
  trustedProxies?: number
  /** Set on the process before the app is loaded, which reads them once. */
  env?: Record<string, string>
}

export type RunningServer = { url: string; stop: () => Promise<void> }

export async function startServer(options: StartOptions): Promise<RunningServer> {
  Object.assign(process.env, options.env)

  const app = express()
  const server = createServer(app)
  const lifecycle = { isDraining: false }

  app.disable('x-powered-by')
  app.set('trust proxy', options.trustedProxies ?? 0)
  app.use(['/health', '/health/ready'], (_request, response, next) => {
    if (lifecycle.isDraining) response.status(503).json({ status: 'draining' })
    else next()
  })
  app.use(onlyReadableAddresses)
  app.use(traceRequest)
  app.use(securityHeaders(options.isDevelopment ?? false))
  app.use(onlyReadableBodies)
  app.use(onlyOwnPagesMayWrite)

  const closeBuilder = options.isDevelopment
    ? await serveFromSource(app, server)
    : await serveFromBuild(app)

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const { port } = server.address() as AddressInfo

  return {
    url: `http://${options.host}:${port}`,
    async stop() {
      lifecycle.isDraining = true
      await drain(server)
      await closeBuilder()
    },
  }
}

async function serveFromBuild(app: express.Express) {
  const entry = join(root, 'build/server/index.js')
  const build = (await import(pathToFileURL(entry).href)) as ServerBuild

  app.use(packedFiles)
  app.use(
    '/assets',
    express.static(join(clientDirectory, 'assets'), {
      immutable: true,
      maxAge: YEAR_SECONDS * 1000,
      fallthrough: false,
      index: false,
    }),
  )
  app.use(
    express.static(clientDirectory, {
      index: false,
      redirect: false,
      setHeaders: (response, file) => response.setHeader('Cache-Control', cacheRuleOf(file)),
    }),
  )
  app.use(compression())
  app.all('*', remixHandler(build))
  return async () => {}
}

async function serveFromSource(app: express.Express, server: Server) {
  const { createServer: createViteServer } = await import('vite')
  const vite = await createViteServer({
    server: { middlewareMode: true, hmr: { server } },
    appType: 'custom',
  })
  app.use(vite.middlewares)
  app.all('*', (request, response, next) => {
    const build = () =>
      vite.ssrLoadModule('virtual:remix/server-build') as unknown as Promise<ServerBuild>
    void remixHandler(build)(request, response, next)
  })
  return () => vite.close()
}

function remixHandler(build: ServerBuild | (() => Promise<ServerBuild>)) {
  const handle = createRequestHandler({
    build,
    getLoadContext: (_request, response) => ({ nonce: String(response.locals.nonce) }),
  })
  return (request: Request, response: Response, next: NextFunction) => {
    // Pages carry a person's data: no cache between may keep them. A route may still say otherwise.
    response.setHeader('Cache-Control', 'private, no-cache')
    return handle(request, response, next)
  }
}

/** What the audit log says of a request. A header of the same name from outside counts for nothing. */
function traceRequest(request: Request, response: Response, next: NextFunction) {
  const id = randomUUID()
  request.headers['x-request-id'] = id
  request.headers['x-linyada-address'] = request.ip ?? ''
  // No log speaks of such a file, and each of them would be longer on a slow line.
  if (!isAsset(request)) response.setHeader('X-Request-Id', id)
  next()
}

function securityHeaders(isDevelopment: boolean) {
  // Where map tiles come from, for an installation that shows a street map: `https://tiles.example`.
  const tileOrigins = process.env.TILE_ORIGINS ?? ''

  return (request: Request, response: Response, next: NextFunction) => {
    response.setHeader('X-Content-Type-Options', 'nosniff')
    if (request.secure) {
      response.setHeader('Strict-Transport-Security', `max-age=${YEAR_SECONDS}; includeSubDomains`)
    }
    // What follows is for pages and workers. With a script or a style it would be a kilobyte each that nobody reads and nothing packs.
    if (isAsset(request) && !request.path.includes('worker')) return next()

    const nonce = randomBytes(16).toString('base64')
    response.locals.nonce = nonce

    const policy = [
      `default-src 'self'`,
      `script-src 'self' 'nonce-${nonce}'${isDevelopment ? ` 'unsafe-inline'` : ` 'wasm-unsafe-eval'`}`,
      `style-src 'self' 'unsafe-inline'`,
      `img-src 'self' data: blob: ${tileOrigins}`.trimEnd(),
      `font-src 'self'`,
      `connect-src 'self' ${tileOrigins}${isDevelopment ? ' ws:' : ''}`.trimEnd(),
      `worker-src 'self'`,
      `manifest-src 'self'`,
      `object-src 'none'`,
      `base-uri 'none'`,
      `form-action 'self'`,
      `frame-ancestors 'none'`,
    ]
    // With a nonce present browsers ignore 'unsafe-inline', and the hot-reload preamble has none.
    const inDevelopment = policy.map((rule) => rule.replace(` 'nonce-${nonce}'`, ''))

    response.setHeader(
      'Content-Security-Policy',
      (isDevelopment ? inDevelopment : policy).join('; '),
    )
    response.setHeader('X-Frame-Options', 'DENY')
    response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin')
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    response.setHeader(
      'Permissions-Policy',
      // Bluetooth, for the receipt printer, is ours alone by default; naming it makes desktops complain.
      'geolocation=(self), camera=(self), microphone=(), payment=(), usb=()',
    )
    next()
  }
}

/**
 * A write from a browser must come from our own pages; cookies alone prove nothing. Gateways and
 * other servers carry no cookie and authenticate by themselves, so they pass.
 */
function onlyOwnPagesMayWrite(request: Request, response: Response, next: NextFunction) {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || isFromOwnPage(request)) return next()
  response.status(403).json({ reason: 'foreign_origin' })
}

function isFromOwnPage(request: Request) {
  const site = request.get('sec-fetch-site')
  if (site) return site === 'same-origin'

  const origin = request.get('origin')
  if (origin) return URL.canParse(origin) && new URL(origin).host === hostOf(request)
  return request.get('cookie') === undefined
}

function hostOf(request: Request) {
  const isBehindOurProxy = Boolean(request.app.get('trust proxy'))
  return (isBehindOurProxy && request.get('x-forwarded-host')) || request.get('host')
}

/** Sends the brotli file written at build time instead of compressing the same bytes again. */
function packedFiles(request: Request, response: Response, next: NextFunction) {
  const acceptsBrotli = request.acceptsEncodings(['br']) === 'br'
  if (!['GET', 'HEAD'].includes(request.method) || !acceptsBrotli) return next()

  const path = normalize(decodedPath(request.path))
  const file = join(clientDirectory, path)
  const type = typeOf(file)
  if (!type || !file.startsWith(clientDirectory) || !existsSync(`${file}.br`)) return next()

  response.setHeader('Content-Encoding', 'br')
  response.setHeader('Content-Type', type)
  response.setHeader('Vary', 'Accept-Encoding')
  response.setHeader('Cache-Control', cacheRuleOf(file))
  const how = { root: clientDirectory, cacheControl: false, acceptRanges: false }
  // What never changes is not asked whether it did.
  response.sendFile(`${path}.br`, { ...how, lastModified: !isAsset(request) }, (error) => {
    if (error) next(error)
  })
}

/** A file of the build whose name carries its hash. */
function isAsset({ path }: Request) {
  return path.startsWith('/assets/')
}

function decodedPath(path: string) {
  try {
    return decodeURIComponent(path)
  } catch {
    return '/'
  }
}

function typeOf(file: string) {
  const ending = /\.(js|css|svg|json|html|webmanifest|ttf)$/.exec(file)?.[1]
  const types: Record<string, string> = {
    js: 'text/javascript; charset=utf-8',
    css: 'text/css; charset=utf-8',
    svg: 'image/svg+xml',
    json: 'application/json; charset=utf-8',
    html: 'text/html; charset=utf-8',
    webmanifest: 'application/manifest+json',
    ttf: 'font/ttf',
  }
  return ending ? types[ending] : undefined
}

/** Names under assets/ carry their hash. Everything else must be asked for again, the worker above all. */
function cacheRuleOf(file: string) {
  if (file.startsWith(join(clientDirectory, 'assets')))
    return `public, max-age=${YEAR_SECONDS}, immutable`
  if (file.startsWith(join(clientDirectory, 'fonts'))) return 'public, max-age=2592000'
  return 'no-cache'
}

function drain(server: Server) {
  return new Promise<void>((resolve) => {
    const limit = setTimeout(() => server.closeAllConnections(), DRAIN_LIMIT_MILLISECONDS)
    server.close(() => {
      clearTimeout(limit)
      resolve()
    })
    server.closeIdleConnections()
  })
}
