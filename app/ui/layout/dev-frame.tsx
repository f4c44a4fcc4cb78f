import { Link, NavLink } from '@remix-run/react'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Logo } from './logo'
import { ThemePicker } from './theme-picker'

const pages = [
  { to: '/dev/ui', label: 'Parts' },
  { to: '/dev/mail', label: 'Mail' },
  { to: '/dev/clock', label: 'Clock' },
]

/** The frame of the pages that exist only beside the embedded stack. */
export function DevFrame({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto max-w-6xl px-4 py-5 sm:px-8">
      <header className="mb-8 flex flex-wrap items-center gap-x-6 gap-y-3">
        <Link to="/" aria-label="Linyada">
          <Logo className="h-8" />
        </Link>
        <nav aria-label="Development" className="flex gap-1">
          {pages.map((page) => (
            <NavLink
              key={page.to}
              to={page.to}
              className={({ isActive }) =>
                clsx(
                  'rounded-md px-3 py-1.5',
                  isActive
                    ? 'bg-surface font-medium shadow-hair ring-1 ring-line'
                    : 'text-soft hover:text-ink',
                )
              }
            >
              {page.label}
            </NavLink>
          ))}
        </nav>
        <ThemePicker className="ml-auto w-32" />
      </header>
      <main id="content">{children}</main>
    </div>
  )
}
