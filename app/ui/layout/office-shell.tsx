import { NavLink, useLocation, useSubmit } from '@remix-run/react'
import { clsx } from 'clsx'
import { ChevronsUpDown, LogOut, Menu as MenuIcon, Search } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Avatar } from '~/ui/base/avatar'
import { IconButton } from '~/ui/base/button'
import { CommandPalette, type PaletteItem, type PaletteSearch } from '~/ui/base/command-palette'
import { Sheet } from '~/ui/base/dialog'
import { Kbd } from '~/ui/base/key-value'
import { Menu, type MenuEntry } from '~/ui/base/menu'
import { Toaster } from '~/ui/base/toast'
import { BrandAccent } from './brand-accent'
import { IspName, type Isp } from './isp-name'
import { SkipLink } from './skip-link'
import { useTheme } from './theme-picker'

export type NavItem = {
  to: string
  label: string
  icon?: ReactNode
  /** How many wait there. Zero is not shown. */
  count?: number
  end?: boolean
  /** Addresses elsewhere whose pages belong to it. */
  also?: ReadonlyArray<string>
}

export type ShellPerson = {
  name: string
  /** Role and ISP in words. */
  detail: string
  /** Every place this person works for or subscribes to. */
  contexts?: ReadonlyArray<{ id: string; label: string; isCurrent: boolean }>
}

export type OfficeShellProps = {
  isp: Isp
  nav: ReadonlyArray<NavItem>
  /** Below the line: settings and the like. */
  navEnd?: ReadonlyArray<NavItem>
  person: ShellPerson
  /** Screens the palette offers besides the navigation. */
  screens?: ReadonlyArray<PaletteItem>
  search?: PaletteSearch
  /** Where a choice of context is posted, as `context`. */
  contextAction?: string
  signOutAction?: string
  /** A demo or impersonation notice that stays in sight. */
  banner?: ReactNode
  children: ReactNode
}

/** Navigation by job on the left, the work on the right; a drawer on narrow screens. */
export function OfficeShell(props: OfficeShellProps) {
  const { isp, nav, navEnd = [], screens = [], search, banner, children } = props
  const t = useT('common')
  const { key } = useLocation()
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  useEffect(() => setDrawerOpen(false), [key])

  const rail = <Rail {...props} onSearch={() => setPaletteOpen(true)} />
  const offered = [
    ...[...nav, ...navEnd].map((item) => ({ id: `nav-${item.to}`, ...item })),
    ...screens,
  ]

  return (
    <div className="lg:grid lg:grid-cols-[240px_minmax(0,1fr)]">
      <BrandAccent color={isp.brandColor} />
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh border-r border-line bg-canvas lg:block print:hidden">
        {rail}
      </aside>

      <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b border-line bg-surface px-2 lg:hidden print:hidden">
        <IconButton label={t('open_menu')} onClick={() => setDrawerOpen(true)}>
          <MenuIcon />
        </IconButton>
        <IspName isp={isp} className="min-w-0 flex-1" />
        <IconButton label={t('palette.hint')} onClick={() => setPaletteOpen(true)}>
          <Search />
        </IconButton>
      </header>
      <Sheet
        side="left"
        title={<IspName isp={isp} />}
        open={isDrawerOpen}
        onOpenChange={setDrawerOpen}
      >
        <div className="-mx-5 -mb-5 h-full">
          <Rail {...props} isDrawer onSearch={() => setPaletteOpen(true)} />
        </div>
      </Sheet>

      <div className="flex min-w-0 flex-col">
        {banner}
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-[1320px] px-4 py-5 outline-none sm:px-6 lg:px-8 lg:py-7"
        >
          {children}
        </main>
      </div>
      <CommandPalette
        open={isPaletteOpen}
        onOpenChange={setPaletteOpen}
        screens={offered}
        search={search}
      />
      <Toaster />
    </div>
  )
}

function Rail(props: OfficeShellProps & { onSearch: () => void; isDrawer?: boolean }) {
  const { isp, nav, navEnd = [], onSearch, isDrawer } = props
  const t = useT('common')

  return (
    <div className="flex h-full flex-col">
      {isDrawer ? null : (
        <div className="px-4 pt-4 pb-3">
          <IspName isp={isp} />
        </div>
      )}
      <div className="px-3 pb-2">
        <button
          type="button"
          onClick={onSearch}
          className="flex h-9 w-full items-center gap-2.5 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-faint shadow-hair hover:border-faint hover:text-ink"
        >
          <Search className="size-4" aria-hidden="true" />
          <span className="flex-1 text-left">{t('palette.hint')}</span>
          <span className="flex gap-1 max-lg:hidden" aria-hidden="true">
            <Kbd>/</Kbd>
          </span>
        </button>
      </div>
      <nav aria-label={t('menu')} className="flex-1 overflow-y-auto px-3 py-1">
        <NavList items={nav} />
        {navEnd.length > 0 ? (
          <>
            <div className="mx-2 my-2 h-px bg-line" />
            <NavList items={navEnd} />
          </>
        ) : null}
      </nav>
      <div className="border-t border-line p-3">
        <PersonMenu {...props} />
      </div>
    </div>
  )
}

function NavList({ items }: { items: ReadonlyArray<NavItem> }) {
  const { pathname } = useLocation()
  return (
    <ul className="flex flex-col gap-0.5">
      {items.map((item) => (
        <li key={item.to}>
          <NavLink
            to={item.to}
            end={item.end}
            prefetch="intent"
            className={({ isActive }) =>
              clsx(
                'flex min-h-9 items-center gap-2.5 rounded-md px-2.5 transition-colors [&>svg]:size-4.5 [&>svg]:shrink-0',
                isActive || item.also?.some((start) => isWithin(pathname, start))
                  ? 'bg-surface font-medium text-ink shadow-hair ring-1 ring-line [&>svg]:text-accent-text'
                  : 'text-soft hover:bg-hover hover:text-ink [&>svg]:text-faint',
              )
            }
          >
            {item.icon}
            <span className="min-w-0 flex-1 truncate">{item.label}</span>
            {item.count ? (
              <span className="tabular rounded-full bg-sunken px-1.5 text-xs font-medium text-soft">
                {formatCount(item.count)}
              </span>
            ) : null}
          </NavLink>
        </li>
      ))}
    </ul>
  )
}

function isWithin(pathname: string, start: string) {
  return pathname === start || pathname.startsWith(`${start}/`)
}

function PersonMenu(props: Pick<OfficeShellProps, 'person' | 'contextAction' | 'signOutAction'>) {
  const { person, contextAction = '/context', signOutAction = '/sign-out' } = props
  const t = useT('common')
  const submit = useSubmit()
  const { theme, choose } = useTheme()
  const contexts = person.contexts ?? []

  const switching: Array<MenuEntry> =
    contexts.length > 1
      ? [
          { kind: 'heading', label: t('switch_to') },
          ...contexts.map((context): MenuEntry => ({
            kind: 'choice',
            label: context.label,
            isChosen: context.isCurrent,
            onSelect: () =>
              submit({ context: context.id }, { method: 'post', action: contextAction }),
          })),
          { kind: 'line' },
        ]
      : []

  return (
    <Menu
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover"
        >
          <Avatar name={person.name} />
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{person.name}</span>
            <span className="block truncate text-xs text-faint">{person.detail}</span>
          </span>
          <ChevronsUpDown className="size-4 shrink-0 text-faint" aria-hidden="true" />
        </button>
      }
      entries={[
        ...switching,
        { kind: 'heading', label: t('theme') },
        ...(['system', 'light', 'dark'] as const).map((offered): MenuEntry => ({
          kind: 'choice',
          label: t(`theme.${offered}`),
          isChosen: theme === offered,
          onSelect: () => choose(offered),
        })),
        { kind: 'line' },
        {
          label: t('sign_out'),
          icon: <LogOut />,
          onSelect: () => submit({}, { method: 'post', action: signOutAction }),
        },
      ]}
    />
  )
}
