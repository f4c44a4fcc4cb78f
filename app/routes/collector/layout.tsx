import { Outlet, useLocation } from '@remix-run/react'
import { ListChecks, Settings, Wallet } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { readMeta } from '~/offline/database'
import type { Phone } from '~/offline/phone'
import type { Inside } from '~/offline/door'
import { expectPin } from '~/offline/expected-pin'
import { lock, ready, type Opened } from '~/offline/ready'
import { loadSettings } from '~/offline/mirror'
import type { Sync, SyncStatus } from '~/offline/sync'
import { PhoneShell } from '~/ui/layout/phone-shell'
import { turnToChosenLanguage } from '~/ui/layout/phone-start'
import { SyncBadge, type SyncState } from '~/ui/layout/sync-badge'
import { UpdatePrompt } from '~/ui/layout/update-prompt'
import { CollectorStart, takeEarlyPin } from './early-pin'
import { useEnding } from './ending'
import { useIdleLock } from './idle-lock'
import { LockScreen } from './lock-screen'
import { forgetRemembered, useSyncStatus, useToday, type Screen } from './screen'
import { SessionBanner } from './session-banner'

// Where a phone is seldom: before it is known, and after its end.
const gates = () => import('./gates')
const Stranger = lazy(async () => ({ default: (await gates()).Stranger }))
const NoStorage = lazy(async () => ({ default: (await gates()).NoStorage }))
const WaitingForOffice = lazy(async () => ({ default: (await gates()).WaitingForOffice }))
const FirstPull = lazy(async () => ({ default: (await gates()).FirstPull }))
const Ended = lazy(async () => ({ default: (await gates()).Ended }))

// No server loader here: this layout is part of the document a phone opens without signal.

export const handle = pageTexts('collector', 'cash')

// In a browser the store opens while the words arrive and the page is made alive. Who waits for it hears of a failure.
if (typeof document !== 'undefined') ready().catch(() => {})

export async function clientLoader() {
  await turnToChosenLanguage(handle)
  return null
}
clientLoader.hydrate = true as const

/** Moving between screens asks nothing of the network. */
export const shouldRevalidate = () => false

export const HydrateFallback = CollectorStart

export default function CollectorLayout() {
  return (
    <Suspense fallback={<CollectorStart />}>
      <Collector />
    </Suspense>
  )
}

function Collector() {
  const [start, setStart] = useState<Start | 'no_storage' | null>(null)

  useEffect(() => {
    begin().then(setStart, () => setStart('no_storage'))
  }, [])

  useEffect(() => {
    if (start === null) return
    expectPin(start !== 'no_storage' && asksForPin(start.opened))
    // What the lock did not take is nobody's.
    takeEarlyPin()
  }, [start])

  if (start === null) return <CollectorStart />
  if (start === 'no_storage') return <NoStorage />
  if (start.opened.state === 'stranger') {
    return (
      <>
        <UpdatePrompt />
        <Stranger reason={start.opened.reason} />
      </>
    )
  }
  if (start.opened.state === 'locked') {
    return (
      <>
        <UpdatePrompt />
        <LockScreen door={start.opened} onOpen={(inside) => void enter(inside).then(setStart)} />
      </>
    )
  }
  const { phone, sync } = start.opened
  const shut = () => {
    lock({ phone, sync })
    forgetRemembered()
    void begin().then(setStart, () => setStart('no_storage'))
  }
  return (
    <KnownPhone
      phone={phone}
      sync={sync}
      hadMirror={start.hadMirror}
      idleMinutes={start.idleMinutes}
      lock={shut}
    />
  )
}

/** A phone that is open was opened with one. */
function asksForPin(opened: Opened) {
  return opened.state === 'ready' || (opened.state === 'locked' && opened.hasPin && !opened.trouble)
}

type Start = { opened: Opened; hadMirror: boolean; idleMinutes: number }

const IDLE_MINUTES = 5

async function begin(): Promise<Start> {
  const opened = await ready()
  if (opened.state === 'ready') return enter(opened)
  return { opened, hadMirror: false, idleMinutes: IDLE_MINUTES }
}

/** Whether a route is here already is known before the first drawing, so that nothing flashes. */
async function enter(inside: Inside): Promise<Start> {
  const settings = await loadSettings(inside.phone)
  return {
    opened: inside,
    hadMirror: (await readMeta(inside.phone.db, 'cursor')) !== null,
    idleMinutes: settings?.lock_minutes ?? IDLE_MINUTES,
  }
}

function KnownPhone(props: {
  phone: Phone
  sync: Sync
  hadMirror: boolean
  idleMinutes: number
  lock: () => void
}) {
  const { phone, sync, lock } = props
  useIdleLock(props.idleMinutes, lock)
  const t = useT('collector')
  const status = useSyncStatus(sync)
  const today = useToday(phone)
  const ending = useEnding(phone, status)
  const { pathname } = useLocation()
  const { profile } = phone

  // What is stored here may be thrown away when the phone runs full, unless the browser was asked.
  useEffect(() => {
    if ('storage' in navigator) void navigator.storage.persist().catch(() => false)
  }, [])

  if (ending) {
    return (
      <>
        <UpdatePrompt />
        <Ended phone={phone} sync={sync} reason={ending} />
      </>
    )
  }
  const hasRoute = props.hadMirror || status.hasMirror
  if (!hasRoute && status.device?.status === 'pending') {
    return (
      <>
        <UpdatePrompt />
        <WaitingForOffice sync={sync} status={status} />
      </>
    )
  }
  if (!hasRoute && status.state !== 'signed_out') {
    return <FirstPull sync={sync} status={status} />
  }

  // While cash is being taken or counted nothing but that is offered.
  const isTaking = pathname.endsWith('/take') || pathname.endsWith('/count')

  return (
    <PhoneShell
      isp={{ name: profile.trade_name, brandColor: profile.brand_color }}
      tabs={
        isTaking
          ? []
          : [
              { to: '/collector', label: t('nav.route'), icon: <ListChecks />, end: true },
              { to: '/collector/today', label: t('nav.today'), icon: <Wallet /> },
              { to: '/collector/settings', label: t('nav.settings'), icon: <Settings /> },
            ]
      }
      sync={status.isCounted ? <SyncBadge state={badgeOf(status)} to="/collector/today" /> : null}
      banner={<UpdatePrompt />}
    >
      <SessionBanner phone={phone} sync={sync} status={status} />
      <Outlet context={{ phone, sync, today, lock } satisfies Screen} />
    </PhoneShell>
  )
}

function badgeOf({ state, unsent }: SyncStatus): SyncState {
  if (state === 'offline') return { kind: 'offline', count: unsent }
  if (state === 'sending' && unsent > 0) return { kind: 'sending', count: unsent }
  if (unsent > 0) return { kind: 'waiting', count: unsent }
  if (state === 'refused' || state === 'signed_out' || state === 'other_person') {
    return { kind: 'trouble', count: 1 }
  }
  return { kind: 'synced' }
}
