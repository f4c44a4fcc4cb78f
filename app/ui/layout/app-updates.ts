/**
 * New versions of the app. The worker waits until a person asks for it, and while anything holds
 * updates (a receipt in progress) it is not even offered.
 */

const CHECK_MINUTES = 60

type Listener = (isOffered: boolean) => void

let holds = 0
let isWaiting = false
let activateWaiting: () => void = () => {}
const listeners = new Set<Listener>()

/** Call when something starts that must not be interrupted; call the answer when it is over. */
export function holdUpdates(): () => void {
  let isHeld = true
  holds += 1
  tell()
  return () => {
    if (!isHeld) return
    isHeld = false
    holds -= 1
    tell()
  }
}

export function onUpdateOffered(listener: Listener): () => void {
  listeners.add(listener)
  listener(isOffered())
  return () => listeners.delete(listener)
}

/** Only after a tap. The page loads again with the new version. */
export function updateNow() {
  if (isOffered()) activateWaiting()
}

/** Starts the worker and looks for a newer one when the app comes to the front, and hourly. */
export async function watchUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const { serviceWorker } = navigator
  // What this page still waits for comes before what the next one will need.
  await isLoaded()
  const registration = await serviceWorker.register('/service-worker.js', {
    updateViaCache: 'none',
  })

  const offer = () => {
    // The first worker of a phone waits for nobody.
    if (!registration.waiting || !registration.active) return
    isWaiting = true
    activateWaiting = () => {
      serviceWorker.addEventListener('controllerchange', () => window.location.reload())
      // Another window may have asked for it already.
      if (registration.waiting) registration.waiting.postMessage({ type: 'SKIP_WAITING' })
      else window.location.reload()
    }
    tell()
  }
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer)
  })
  offer()

  const check = () => void registration.update().catch(() => {})
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') check()
  })
  setInterval(check, CHECK_MINUTES * 60_000)
}

function isLoaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve()
  return new Promise((resolve) => window.addEventListener('load', () => resolve()))
}

function isOffered() {
  return isWaiting && holds === 0
}

function tell() {
  for (const listener of listeners) listener(isOffered())
}
