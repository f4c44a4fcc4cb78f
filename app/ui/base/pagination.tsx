import { useSearchParams } from '@remix-run/react'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { LinkButton } from './button'
import { PAGE_ROWS, pageOf, pageParam, withParams, type Edge } from '~/domain/url-list'

type Props = {
  total: number
  /** Of a large list: its first and its last row, from which the steps go on. */
  edges?: { first: Edge; last: Edge } | null
}

/** Steps through `?page=`. Shows where one is, and nothing to press when there is only one page. */
export function Pagination({ total, edges }: Props) {
  const t = useT('common')
  const [params] = useSearchParams()
  const page = pageOf(params)
  const last = Math.max(1, Math.ceil(total / PAGE_ROWS))
  const from = total === 0 ? 0 : (page - 1) * PAGE_ROWS + 1

  return (
    <nav aria-label={t('pages')} className="flex items-center justify-between gap-4 text-sm">
      <p className="tabular text-soft">
        {t('page_range', {
          from: formatCount(from),
          to: formatCount(Math.min(page * PAGE_ROWS, total)),
          total: formatCount(total),
        })}
      </p>
      {last > 1 ? (
        <div className="flex gap-2">
          <Step
            to={pageParam(page - 1, edges ? { side: 'before', edge: edges.first } : null)}
            isOff={page <= 1}
            label={t('previous')}
            params={params}
          >
            <ChevronLeft />
          </Step>
          <Step
            to={pageParam(page + 1, edges ? { side: 'behind', edge: edges.last } : null)}
            isOff={page >= last}
            label={t('next')}
            params={params}
          >
            <ChevronRight />
          </Step>
        </div>
      ) : null}
    </nav>
  )
}

function Step(props: {
  to: string | null
  isOff: boolean
  label: string
  params: URLSearchParams
  children: ReactNode
}) {
  const { to, isOff, label, params, children } = props
  return (
    <LinkButton
      size="small"
      to={withParams(params, { page: to })}
      aria-disabled={isOff || undefined}
      tabIndex={isOff ? -1 : undefined}
      className={isOff ? 'pointer-events-none' : undefined}
      prefetch={isOff ? 'none' : 'intent'}
      aria-label={label}
    >
      {children}
    </LinkButton>
  )
}
