import { data } from '@remix-run/node'

/**
 * How often one key may try in a window of time. Kept in this process only: it slows guessing
 * down; Supabase Auth has its own limits behind it.
 */
export type RateLimit = {
  /** False when the window is used up. */
  take: (key: string, nowMilliseconds?: number) => boolean
  forget: (key: string) => void
}

type Window = { endsAt: number; taken: number }

const MOST_KEYS = 20_000

export function rateLimit({ attempts, minutes }: { attempts: number; minutes: number }): RateLimit {
  const windows = new Map<string, Window>()

  return {
    take(key, now = Date.now()) {
      const known = windows.get(key)
      if (known && known.endsAt > now) {
        known.taken += 1
        return known.taken <= attempts
      }
      if (windows.size >= MOST_KEYS) dropEnded(windows, now)
      windows.set(key, { endsAt: now + minutes * 60_000, taken: 1 })
      return true
    },
    forget(key) {
      windows.delete(key)
    },
  }
}

/** When every window still runs, the oldest half goes: memory stays bounded under attack. */
function dropEnded(windows: Map<string, Window>, now: number) {
  for (const [key, { endsAt }] of windows) if (endsAt <= now) windows.delete(key)
  let surplus = windows.size - MOST_KEYS / 2
  for (const key of windows.keys()) {
    if (surplus-- <= 0) return
    windows.delete(key)
  }
}

/** Many people share one address behind a mobile network, so an address alone may try often. */
const perAddress = rateLimit({ attempts: 200, minutes: 15 })
const perPersonHere = rateLimit({ attempts: 10, minutes: 15 })
const perPerson = rateLimit({ attempts: 60, minutes: 15 })
const signUps = rateLimit({ attempts: 20, minutes: 60 })
const receiptChecks = rateLimit({ attempts: 300, minutes: 15 })
const mails = rateLimit({ attempts: 4, minutes: 15 })

export function mayTryPassword(request: Request, name: string) {
  const address = addressOf(request)
  const person = name.toLowerCase()
  return (
    perAddress.take(address) && perPerson.take(person) && perPersonHere.take(`${address} ${person}`)
  )
}

export function passwordWasRight(request: Request, name: string) {
  perPersonHere.forget(`${addressOf(request)} ${name.toLowerCase()}`)
}

export function maySignUp(request: Request) {
  return signUps.take(addressOf(request))
}

export function mayAskForMail(request: Request, email: string) {
  return perAddress.take(addressOf(request)) && mails.take(email.toLowerCase())
}

/** Slow enough that nobody walks through ids, fast enough for a whole market behind one address. */
export function mayCheckReceipt(request: Request) {
  return receiptChecks.take(addressOf(request))
}

export function tooManyTries<T extends object>(answer: T) {
  return data(answer, { status: 429, headers: { 'Retry-After': '900' } })
}

function addressOf(request: Request) {
  return request.headers.get('x-linyada-address') ?? 'unknown'
}
