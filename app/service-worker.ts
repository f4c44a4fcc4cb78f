/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core'
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  matchPrecache,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: Array<PrecacheEntry> }
declare const __PHONE_AREAS__: Array<string>

precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false, directoryIndex: '' })
cleanupOutdatedCaches()
clientsClaim()

// A phone page starts from its shell, online too: at once, whatever the signal.
for (const area of __PHONE_AREAS__) {
  registerRoute(
    new NavigationRoute(createHandlerBoundToURL(`/${area}/shell`), {
      allowlist: [new RegExp(`^/${area}(/|$|\\?)`)],
    }),
  )
}

// Every other page needs the server; without it a person gets a page that says so.
registerRoute(
  new NavigationRoute(async ({ request }) => {
    try {
      return await fetch(request)
    } catch {
      return (await matchPrecache('/offline.html')) ?? Response.error()
    }
  }),
)

// A new version waits until a person asks for it: it must never interrupt a receipt.
self.addEventListener('message', (event) => {
  const message: unknown = event.data
  if (
    typeof message === 'object' &&
    message &&
    'type' in message &&
    message.type === 'SKIP_WAITING'
  ) {
    void self.skipWaiting()
  }
})
