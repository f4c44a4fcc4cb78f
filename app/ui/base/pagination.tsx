import { useSearchParams } from '@remix-run/react'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { LinkButton } from './button'
import { pageOf, withParams } from '~/domain/url-list'

/** Steps through `?page=`. Shows where one is, and nothing to press when there is only one page. */
export function Pagination({ total, pageSize }: { total: number; pageSize: number }) {
  const t = useT('common')
  const [params] = useSearchParams()
  const page = pageOf(params)
  const last = Math.max(1, Math.ceil(total / pageSize))
  const from = total === 0 ? 0 : (page - 1) * pageSize + 1

  return (
    <nav aria-label={t('pages')} className="flex items-center justify-between gap-4 text-sm">
      <p className="tabular text-soft">
        {t('page_range', {
          from: formatCount(from),
          to: formatCount(Math.min(page * pageSize, total)),
          total: formatCount(total),
        })}
      </p>
      {last > 1 ? (
        <div className="flex gap-2">
          <Step page={page - 1} isOff={page <= 1} label={t('previous')} params={params}>
            <ChevronLeft />
          </Step>
          <Step page={page + 1} isOff={page >= last} label={t('next')} params={params}>
            <ChevronRight />
          </Step>
        </div>
      ) : null}
    </nav>
  )
}

function Step(props: {
  page: number
  isOff: boolean
  label: string
  params: URLSearchParams
  children: ReactNode
}) {
  const { page, isOff, label, params, children } = props
  return (
    <LinkButton
      size="small"
      to={withParams(params, { page: String(page) })}
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
