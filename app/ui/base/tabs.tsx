import { NavLink, useLocation } from '@remix-run/react'
import { clsx } from 'clsx'
import { Tabs as Radix } from 'radix-ui'
import { useEffect, useRef, type ReactNode } from 'react'
import { formatCount } from '~/i18n/format'

const bar = 'relative flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]'

const tab = clsx(
  '-mb-px inline-flex min-h-10 shrink-0 items-center gap-2 border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-soft transition-colors hover:text-ink',
  'aria-[current=page]:border-accent aria-[current=page]:text-ink data-[state=active]:border-accent data-[state=active]:text-ink',
  'focus-visible:outline-offset-[-2px]',
)

/** Parts of a record or a list, each with its own address. */
export function TabLinks(props: {
  label: string
  tabs: ReadonlyArray<{ to: string; label: ReactNode; count?: number; end?: boolean }>
}) {
  const { pathname } = useLocation()
  const row = useRef<HTMLElement>(null)

  // On a phone the row is longer than the screen: where one is must be seen without pushing it about.
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>('[aria-current=page]')
    if (!row.current || !current) return
    row.current.scrollLeft =
      current.offsetLeft - (row.current.clientWidth - current.offsetWidth) / 2
  }, [pathname])

  return (
    <nav ref={row} aria-label={props.label} className={clsx(bar, 'mb-5')}>
      {props.tabs.map((item) => (
        <NavLink key={item.to} to={item.to} end={item.end} prefetch="intent" className={tab}>
          {item.label}
          {item.count === undefined ? null : (
            <span className="tabular rounded-full bg-sunken px-1.5 text-xs text-soft">
              {formatCount(item.count)}
            </span>
          )}
        </NavLink>
      ))}
    </nav>
  )
}

/** Parts of one screen that need no address. */
export function Tabs(props: {
  label: string
  tabs: ReadonlyArray<{ id: string; label: ReactNode; content: ReactNode }>
  value?: string
  onChange?: (id: string) => void
}) {
  return (
    <Radix.Root
      defaultValue={props.value === undefined ? props.tabs[0]?.id : undefined}
      value={props.value}
      onValueChange={props.onChange}
    >
      <Radix.List aria-label={props.label} className={bar}>
        {props.tabs.map((item) => (
          <Radix.Trigger key={item.id} value={item.id} className={tab}>
            {item.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {props.tabs.map((item) => (
        <Radix.Content key={item.id} value={item.id} className="pt-4">
          {item.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
