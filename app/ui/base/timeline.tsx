import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { softTones, type Tone } from './badge'

export type TimelineItem = {
  id: string
  title: ReactNode
  /** Already in words: “3 Nov 2026, 14:05”. */
  at: ReactNode
  detail?: ReactNode
  icon?: ReactNode
  tone?: Tone
}

/** What happened to a record, newest first. */
export function Timeline({ items }: { items: ReadonlyArray<TimelineItem> }) {
  return (
    <ol className="flex flex-col">
      {items.map((item, index) => (
        <li key={item.id} className="relative flex gap-3 pb-5 last:pb-0">
          {index < items.length - 1 ? (
            <span
              aria-hidden="true"
              className="absolute top-7 bottom-0 left-3.5 w-px -translate-x-1/2 bg-line"
            />
          ) : null}
          <span
            aria-hidden="true"
            className={clsx(
              'grid size-7 shrink-0 place-items-center rounded-full [&>svg]:size-3.5',
              softTones[item.tone ?? 'neutral'],
            )}
          >
            {item.icon ?? <span className="size-1.5 rounded-full bg-current" />}
          </span>
          <div className="min-w-0 flex-1 pt-1">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className="font-medium">{item.title}</p>
              <p className="tabular text-sm text-faint">{item.at}</p>
            </div>
            {item.detail ? <div className="mt-0.5 text-sm text-soft">{item.detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
