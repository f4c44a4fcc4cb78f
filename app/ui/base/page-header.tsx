import { Link } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'

export function PageHeader(props: {
  title: ReactNode
  /** A badge or two beside the title. */
  state?: ReactNode
  lead?: ReactNode
  back?: { to: string; label: string }
  actions?: ReactNode
  children?: ReactNode
}) {
  const { title, state, lead, back, actions, children } = props
  return (
    <header className="mb-5">
      {back ? (
        <Link
          to={back.to}
          className="mb-2 -ml-1 inline-flex min-h-8 items-center gap-1 rounded-sm pr-2 text-sm text-soft hover:text-ink"
        >
          <ChevronLeft className="size-4" aria-hidden="true" />
          {back.label}
        </Link>
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold sm:text-2xl">{title}</h1>
            {state}
          </div>
          {lead ? <p className="mt-1 max-w-2xl text-soft">{lead}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {children}
    </header>
  )
}

export function SectionHeader(props: { title: ReactNode; lead?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
      <div>
        <h2 className="text-lg font-semibold">{props.title}</h2>
        {props.lead ? <p className="text-sm text-soft">{props.lead}</p> : null}
      </div>
      {props.actions ? <div className="flex flex-wrap gap-2">{props.actions}</div> : null}
    </div>
  )
}
