import type { ReactNode } from 'react'

/** Nothing here yet, why that is, and the first thing to do. */
export function EmptyState(props: {
  title: ReactNode
  children?: ReactNode
  icon?: ReactNode
  actions?: ReactNode
  /** There is nothing else on the page: the title is its heading. */
  isPage?: boolean
}) {
  const Title = props.isPage ? 'h1' : 'p'
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center">
      {props.icon ? (
        <div className="mb-4 grid size-12 place-items-center rounded-full bg-sunken text-faint [&>svg]:size-6">
          {props.icon}
        </div>
      ) : null}
      <Title className="text-lg font-semibold text-balance">{props.title}</Title>
      {props.children ? <div className="mt-1.5 text-soft text-pretty">{props.children}</div> : null}
      {props.actions ? (
        <div className="mt-5 flex flex-wrap justify-center gap-2">{props.actions}</div>
      ) : null}
    </div>
  )
}

/** It failed: what happened, what is safe, what to do. */
export function ErrorState(props: { title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div
      role="alert"
      className="mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center"
    >
      <div className="mb-4 grid size-12 place-items-center rounded-full bg-danger-soft text-danger">
        <svg
          viewBox="0 0 24 24"
          className="size-6"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          aria-hidden="true"
        >
          <path d="M12 8v5M12 16.500v.01" />
          <circle cx="12" cy="12" r="9" />
        </svg>
      </div>
      <p className="text-lg font-semibold text-balance">{props.title}</p>
      {props.children ? <div className="mt-1.5 text-soft text-pretty">{props.children}</div> : null}
      {props.actions ? (
        <div className="mt-5 flex flex-wrap justify-center gap-2">{props.actions}</div>
      ) : null}
    </div>
  )
}
