import { NavLink } from '@remix-run/react'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { BrandAccent } from './brand-accent'
import { IspName, type Isp } from './isp-name'
import { LanguagePicker } from './language-picker'
import type { NavItem } from './office-shell'
import { SkipLink } from './skip-link'

/** The subscriber's frame. Plain links and forms: it works before JavaScript arrives. */
export function PortalShell(props: {
  isp: Isp
  tabs?: ReadonlyArray<NavItem>
  /** Account menu or a sign-in link. */
  account?: ReactNode
  banner?: ReactNode
  footer?: ReactNode
  children: ReactNode
}) {
  const { isp, tabs = [], account, banner, footer, children } = props
  const t = useT('common')

  return (
    <div data-density="touch" className="flex min-h-dvh flex-col">
      <BrandAccent color={isp.brandColor} />
      <SkipLink />
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex min-h-16 max-w-3xl items-center justify-between gap-3 px-4 py-2">
          <IspName isp={isp} />
          {account}
        </div>
        {tabs.length > 0 ? (
          <nav
            aria-label={t('menu')}
            className="mx-auto max-w-3xl overflow-x-auto px-2 [scrollbar-width:none]"
          >
            <ul className="flex">
              {tabs.map((tab) => (
                <li key={tab.to}>
                  <NavLink
                    to={tab.to}
                    end={tab.end}
                    className={({ isActive }) =>
                      clsx(
                        'flex min-h-12 items-center gap-2 border-b-2 px-3 whitespace-nowrap [&>svg]:size-5',
                        isActive
                          ? 'border-accent font-medium text-ink'
                          : 'border-transparent text-soft',
                      )
                    }
                  >
                    {tab.label}
                  </NavLink>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        {banner}
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-3xl flex-1 px-4 py-6 outline-none"
      >
        {children}
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex max-w-3xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-4 text-sm text-faint">
          <LanguagePicker className="-ml-2.5" />
          {footer ?? <span>Linyada</span>}
        </div>
      </footer>
    </div>
  )
}
