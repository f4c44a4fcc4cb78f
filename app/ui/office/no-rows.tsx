import { useSearchParams } from '@remix-run/react'
import type { ReactNode } from 'react'
import { isNarrowed } from '~/domain/url-list'
import { EmptyState } from '~/ui/base/empty-state'

type Said = { title: string; body?: string }

/** A list without rows: nothing yet, or nothing that fits what the address asks for. */
export function NoRows(props: { icon: ReactNode; yet: Said; fit: Said }) {
  const [params] = useSearchParams()
  const { title, body } = isNarrowed(params) ? props.fit : props.yet
  return (
    <EmptyState icon={props.icon} title={title}>
      {body}
    </EmptyState>
  )
}
