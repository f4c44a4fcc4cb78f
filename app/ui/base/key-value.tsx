import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type KeyValueItem = { key: ReactNode; value: ReactNode } | null | false

/** Facts of a record. Nothing is left out silently: an unknown value is a dash. */
export function KeyValue(props: { items: ReadonlyArray<KeyValueItem>; look?: 'rows' | 'grid' }) {
  const { items, look = 'rows' } = props
  return (
    <dl
      className={clsx(
        look === 'grid' ? 'grid gap-x-6 gap-y-4 sm:grid-cols-2' : 'divide-y divide-line',
      )}
    >
      {items.map((item, index) =>
        item ? (
          <div key={index} className={clsx(look === 'rows' && 'flex justify-between gap-6 py-2')}>
            <dt className="max-w-[min(66.667%,100%-min(5rem,45%))] shrink-0 text-sm text-soft">
              {item.key}
            </dt>
            <dd className={clsx('min-w-0', look === 'rows' && 'text-right')}>
              {item.value ?? '—'}
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 shrink-0 whitespace-nowrap place-items-center rounded-xs border border-line bg-sunken px-1 font-sans text-2xs font-medium text-faint">
      {children}
    </kbd>
  )
}
