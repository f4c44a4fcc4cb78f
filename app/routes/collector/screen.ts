import { useOutletContext } from '@remix-run/react'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { civilDay, type Day } from '~/domain/calendar'
import type { Phone } from '~/offline/phone'
import { type Queue, queueOf } from '~/offline/rescue'
import type { Sync, SyncStatus } from '~/offline/sync'
import { watch } from '~/offline/watch'

/** What every screen of the phone stands on: whose phone it is, and what day it is there. */
export type Screen = { phone: Phone; sync: Sync; today: Day; lock: () => void }

export function useScreen() {
  return useOutletContext<Screen>()
}

export function useSyncStatus(sync: Sync): SyncStatus {
  return useSyncExternalStore(sync.subscribe, sync.status, sync.status)
}

/** Reads the phone and keeps reading as it changes; null while nothing has been read yet. */
export function useLive<Result>(read: () => Promise<Result>, keys: ReadonlyArray<unknown>) {
  const [seen, setSeen] = useState<{ result: Result | null; failure?: unknown }>({ result: null })
  useEffect(
    () =>
      watch(
        read,
        (result) => setSeen({ result }),
        (failure) => setSeen({ result: null, failure }),
      ),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is read is known by its keys
    keys,
  )
  if (seen.failure !== undefined) throw seen.failure
  return seen.result
}

/** What is not sent, for the office to take in by hand; null when all was. */
export function useQueue({ db, profile, deviceId, readClock }: Phone): Queue | null {
  const tenantId = profile.tenant_id
  return useLive(
    useCallback(
      () => queueOf(db, { tenantId, deviceId, readClock }),
      [db, tenantId, deviceId, readClock],
    ),
    [db],
  )
}

const remembered = new Map<string, unknown>()

/** Behind the lock nothing is remembered. */
export function forgetRemembered() {
  remembered.clear()
}

/** As `useLive`, and starts from what was read last: a list a person comes back to is there at once, where they left it. */
export function useRemembered<Result>(
  name: string,
  read: () => Promise<Result>,
  keys: ReadonlyArray<unknown>,
): Result | null {
  const [before] = useState(() => (remembered.get(name) as Result | undefined) ?? null)
  const live = useLive(read, keys)
  useEffect(() => {
    if (live !== null) remembered.set(name, live)
  }, [name, live])
  return live ?? before
}

const TICK_MILLISECONDS = 30_000

/** The civil day where the ISP is. A phone may stay open past midnight. */
export function useToday(phone: Phone | null): Day {
  const read = () => (phone ? civilDay(phone.now(), phone.profile.time_zone) : '')
  const [today, setToday] = useState(read)

  useEffect(() => {
    if (!phone) return
    const tick = () => setToday(civilDay(phone.now(), phone.profile.time_zone))
    tick()
    const timer = setInterval(tick, TICK_MILLISECONDS)
    return () => clearInterval(timer)
  }, [phone])

  return today
}
