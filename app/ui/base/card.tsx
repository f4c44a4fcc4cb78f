import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export function Card(props: {
  title?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  children?: ReactNode
  footer?: ReactNode
  /** For a table or list that draws its own edges. */
  flush?: boolean
  className?: string
}) {
  const { title, lead, actions, children, footer, flush, className } = props
  return (
    <section
      className={clsx('min-w-0 rounded-lg border border-line bg-surface shadow-hair', className)}
    >
      {title || actions ? (
        <header
          className={clsx(
            'flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 sm:px-5',
            flush && 'border-b border-line pb-3',
          )}
        >
          <div className="min-w-0">
            <h2 className="text-base font-semibold">{title}</h2>
            {lead ? <p className="mt-0.5 text-sm text-soft">{lead}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      {children ? (
        <div className={clsx(!flush && 'p-4 sm:p-5', title && !flush && 'pt-3!')}>{children}</div>
      ) : null}
      {footer ? (
        <footer className="border-t border-line px-4 py-3 text-sm sm:px-5">{footer}</footer>
      ) : null}
    </section>
  )
}
