import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { chosenLanguage, languageOfPage } from './i18n/languages'
import { serverSpeech } from './i18n/texts.server'
import { SpeechProvider } from './i18n/use-t'
import { isOfPhone } from './phone-area'
import { PageContextProvider } from './ui/layout/page-context'

const RENDER_LIMIT_MILLISECONDS = 10_000

export const streamTimeout = RENDER_LIMIT_MILLISECONDS - 1_000

type LoadContext = { nonce?: string }

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: LoadContext,
): Promise<Response> {
  const nonce = loadContext.nonce ?? ''
  const { pathname } = new URL(request.url)
  const chosen = chosenLanguage(
    request.headers.get('cookie') ?? '',
    request.headers.get('accept-language') ?? '',
  )
  const language = languageOfPage(pathname, chosen)
  const whole = isbot(request.headers.get('user-agent') ?? '') || pathname.endsWith('/shell')

  return new Promise((resolve, reject) => {
    let shellSent = false
    const { pipe, abort } = renderToPipeableStream(
      <PageContextProvider value={{ nonce, language }}>
        <SpeechProvider value={serverSpeech(language)}>
          <RemixServer
            context={withRoutesOf(pathname, remixContext)}
            url={request.url}
            nonce={nonce}
          />
        </SpeechProvider>
      </PageContextProvider>,
      {
        nonce,
        [whole ? 'onAllReady' : 'onShellReady']() {
          shellSent = true
          const body = new PassThrough()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          headers.set('Content-Language', language)
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }))
          pipe(body)
        },
        onShellError: reject,
        onError(error: unknown) {
          // Errors before the shell reject above and are reported there.
          if (shellSent) console.error(error)
        },
      },
    )
    setTimeout(abort, RENDER_LIMIT_MILLISECONDS).unref()
  })
}

/** A page of the phone begins with the routes of the phone, which the build writes beside the list of all (`writePhoneRoutes`). */
function withRoutesOf(pathname: string, context: EntryContext): EntryContext {
  if (!import.meta.env.PROD || !isOfPhone(pathname)) return context
  const url = context.manifest.url.replace('/manifest-', '/phone-manifest-')
  return { ...context, manifest: { ...context.manifest, url } }
}
