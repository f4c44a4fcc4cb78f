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
  const { Workbox } = await import('workbox-window')
  const worker = new Workbox('/service-worker.js', { updateViaCache: 'none' })

  worker.addEventListener('waiting', () => {
    isWaiting = true
    activateWaiting = () => {
      worker.addEventListener('controlling', () => window.location.reload())
      worker.messageSkipWaiting()
    }
    tell()
  })
  await worker.register()

  const check = () => void worker.update().catch(() => {})
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') check()
  })
  setInterval(check, CHECK_MINUTES * 60_000)
}

function isOffered() {
  return isWaiting && holds === 0
}

function tell() {
  for (const listener of listeners) listener(isOffered())
}
