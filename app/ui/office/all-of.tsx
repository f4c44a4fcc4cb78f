import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'

/** Beneath a card that shows the latest of something: the way to the list of all of it. */
export function AllOf({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className="font-medium text-accent-text hover:underline">
      {children}
    </Link>
  )
}
