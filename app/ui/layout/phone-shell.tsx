import { Link, NavLink } from '@remix-run/react'
import { clsx } from 'clsx'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Toaster } from '~/ui/base/toast'
import { useArrival } from './arrival'
import { BrandAccent } from './brand-accent'
import type { Isp } from './isp-name'
import type { NavItem } from './office-shell'
import { SkipLink } from './skip-link'

/** The frame of the collector's and technician's phone: at most four places, all in thumb's reach. */
export function PhoneShell(props: {
  isp?: Isp | null
  /** None while one thing must be finished first. */
  tabs: ReadonlyArray<NavItem>
  /** Always in sight and honest: a `SyncBadge`. */
  sync?: ReactNode
  banner?: ReactNode
  children: ReactNode
}) {
  const { isp, tabs, sync, banner, children } = props
  const t = useT('common')
  const main = useArrival()

  return (
    <div data-density="touch" className="flex min-h-dvh flex-col">
      <BrandAccent color={isp?.brandColor} />
      <SkipLink />
      {/* Where letters are twice as large, what would always be in sight would leave no room for the rest. */}
      <header className="safe-top sticky top-0 z-30 border-b border-line bg-surface print:hidden [@media(max-width:15em)]:static">
        <div className="mx-auto flex min-h-12 max-w-2xl items-center justify-between gap-3 px-4 py-1">
          <p className="min-w-0 truncate text-sm font-semibold">{isp?.name ?? 'Linyada'}</p>
          {sync}
        </div>
        {banner}
      </header>
      <main
        ref={main}
        id="content"
        tabIndex={-1}
        className={clsx(
          'mx-auto flex w-full max-w-2xl flex-1 flex-col px-4 pt-4 outline-none print:p-0 [&_h1]:outline-none',
          tabs.length > 0 ? 'pb-28' : 'pb-4',
        )}
      >
        {children}
      </main>
      {tabs.length > 0 ? (
        <nav
          aria-label={t('menu')}
          className="safe-bottom fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface print:hidden"
        >
          <ul className="mx-auto flex max-w-2xl">
            {tabs.slice(0, 4).map((tab) => (
              <li key={tab.to} className="flex-1">
                <NavLink
                  to={tab.to}
                  end={tab.end}
                  className={({ isActive }) =>
                    clsx(
                      'relative flex h-16 flex-col items-center justify-center gap-1 text-xs font-medium [&>svg]:size-6',
                      isActive ? 'text-accent-text' : 'text-soft',
                    )
                  }
                >
                  {tab.icon}
                  <span className="max-w-full truncate px-1">{tab.label}</span>
                  {tab.count ? (
                    <span className="tabular absolute top-1.5 left-1/2 ml-2 min-w-5 rounded-full bg-danger px-1 text-center text-xs font-semibold text-danger-ink">
                      {formatCount(tab.count)}
                    </span>
                  ) : null}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      <Toaster />
    </div>
  )
}

/** The head of one phone screen. */
export function PhoneHeader(props: {
  title: ReactNode
  lead?: ReactNode
  back?: { to: string; label: string }
  action?: ReactNode
}) {
  const { title, lead, back, action } = props
  return (
    <header className="mb-4 flex items-start gap-2">
      {back ? (
        <Link
          to={back.to}
          aria-label={back.label}
          className="-my-1.5 -ml-3 grid size-12 shrink-0 place-items-center rounded-md text-soft"
        >
          <ChevronLeft className="size-6" aria-hidden="true" />
        </Link>
      ) : null}
      <div className="min-w-0 flex-1">
        <h1 className="text-2xl font-semibold">{title}</h1>
        {lead ? <p className="mt-1 text-soft">{lead}</p> : null}
      </div>
      {action}
    </header>
  )
}

/** The main action of a phone screen, above the bottom bar, where the thumb is. */
export function PhoneAction({ children }: { children: ReactNode }) {
  return (
    <div className="fixed inset-x-0 bottom-[calc(4rem+env(safe-area-inset-bottom))] z-20 border-t border-line bg-canvas/95 px-4 py-3">
      <div className="mx-auto flex max-w-2xl flex-wrap gap-3 [&>*]:flex-1">{children}</div>
    </div>
  )
}

/** A row of a phone list: the whole of it is the target. */
export function PhoneRow(props: {
  to: string
  title: ReactNode
  detail?: ReactNode
  end?: ReactNode
  endDetail?: ReactNode
  icon?: ReactNode
}) {
  return (
    <Link
      to={props.to}
      className="flex min-h-16 items-center gap-3 px-4 py-3 active:bg-hover [&>svg]:size-5 [&>svg]:shrink-0 [&>svg]:text-faint"
    >
      {props.icon}
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{props.title}</span>
        {props.detail ? <span className="block text-sm text-soft">{props.detail}</span> : null}
      </span>
      {props.end ? (
        <span className="shrink-0 text-right">
          <span className="tabular block font-semibold">{props.end}</span>
          {props.endDetail ? (
            <span className="block text-sm text-soft">{props.endDetail}</span>
          ) : null}
        </span>
      ) : null}
    </Link>
  )
}

/** Rows in one card with lines between them. */
export function PhoneList({ children }: { children: ReactNode }) {
  return (
    <div className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-hair">
      {children}
    </div>
  )
}
