// `npm start`, `npm run dev` and `npm run stack`.

import { buildIfStale } from './build.ts'
import { discardUnfinishedDemo, type Login, seedDemoOnce } from './demo.ts'
import { readSettings, type Settings, siteUrl } from './settings.ts'
import { requireFree, type Stack, startStack } from './stack.ts'

type Mode = { isDevelopment: boolean; stackOnly: boolean; isEmpty: boolean }

export async function main(args: Array<string>) {
  const mode: Mode = {
    isDevelopment: args.includes('--dev'),
    stackOnly: args.includes('--stack'),
    isEmpty: args.includes('--empty'),
  }
  const started: Array<() => Promise<void>> = []
  const stop = stopOnce(started)

  try {
    const settings = readSettings(process.env)
    if (!mode.stackOnly) await requireFree(settings.PORT, 'PORT')
    if (!mode.stackOnly && !mode.isDevelopment) await buildIfStale(announce)

    if (settings.SUPABASE_URL) {
      await startApp(settings, mode, started)
      console.log(`Linyada is ready at ${siteUrl(settings)}`)
      return
    }

    announce('Starting the database')
    await discardUnfinishedDemo(settings.DATA_DIR)
    let logins: Array<Login> = []
    const stack = await startStack(settings, async (prepared) => {
      started.push(prepared.stop)
      if (!mode.isEmpty) logins = await seedDemoOnce(prepared, settings.DATA_DIR, announce)
    })

    if (!mode.stackOnly) await startApp(settings, mode, started, stack)
    console.log(welcome(settings, mode, stack, logins))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    if (process.env['DEBUG']) console.error(error)
    await stop()
    process.exit(1)
  }
}

function announce(text: string) {
  console.log(`${text} …`)
}

/** Stops in the reverse order of starting, on Ctrl-C and on SIGTERM; a second Ctrl-C does not wait. */
function stopOnce(started: Array<() => Promise<void>>) {
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= (async () => {
      for (const end of started.splice(0).reverse()) await end()
    })()
    return stopping
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      void stop().then(() => process.exit(0))
    })
  }
  return stop
}

async function startApp(
  settings: Settings,
  mode: Mode,
  started: Array<() => Promise<void>>,
  stack?: Stack,
) {
  const { startServer } = await import('../../server.ts')
  const embedded: Record<string, string> = stack
    ? {
        SUPABASE_URL: stack.apiUrl,
        SUPABASE_PUBLISHABLE_KEY: stack.publishableKey,
        MAIL_URL: `${stack.apiUrl}/dev/mail`,
        EMBEDDED: '1',
      }
    : {}
  const server = await startServer({
    host: settings.HOST,
    port: settings.PORT,
    isDevelopment: mode.isDevelopment,
    trustedProxies: settings.TRUSTED_PROXIES,
    env: {
      NODE_ENV: mode.isDevelopment ? 'development' : 'production',
      SITE_URL: siteUrl(settings),
      ...embedded,
    },
  })
  started.push(server.stop)
}

function welcome(settings: Settings, mode: Mode, stack: Stack, logins: Array<Login>): string {
  const site = siteUrl(settings)
  const width = Math.max(0, ...logins.map(({ label }) => label.length))
  const mailWidth = Math.max(0, ...logins.map(({ email }) => email.length))
  const people = logins.map(
    ({ label, email, password }) =>
      `  ${label.padEnd(width)}  ${email.padEnd(mailWidth)}  ${password}`,
  )
  return [
    '',
    mode.stackOnly ? `Supabase is ready at ${stack.apiUrl}` : `Linyada is ready at ${site}`,
    '',
    ...people,
    ...(people.length > 0 ? [''] : []),
    `  Database  ${stack.databaseUrl}`,
    `  API       ${stack.apiUrl}  ${stack.publishableKey}`,
    mode.stackOnly ? `  Mails     ${stack.apiUrl}/dev/mail` : `  Mails     ${site}/dev/mail`,
    '',
    'Ctrl-C stops everything; the data stays.',
  ].join('\n')
}
