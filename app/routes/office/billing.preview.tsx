import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { isRealDay } from '~/domain/calendar'
import { formatCount, formatMoney } from '~/i18n/format'
import { PAGE_ROWS } from '~/domain/url-list'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { readNextRun, readPreview } from '~/server/billing.server'
import { requireMember } from '~/server/guard.server'
import { pageRange } from '~/server/list-query.server'
import { Banner } from '~/ui/base/banner'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { FilterBar } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { Pagination } from '~/ui/base/pagination'
import { Stat, StatGrid } from '~/ui/base/stat'
import { ExceptionTable } from '~/ui/billing/exception-table'
import { RunNow } from '~/ui/billing/next-run-card'
import { PreviewTable } from '~/ui/billing/preview-table'
import { Money } from '~/ui/money/money'
import { ExportButtons } from '~/ui/office/export-buttons'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('billing')
export const meta: MetaFunction = () => [{ title: 'Billing preview · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const next = await readNextRun(db)
  const params = new URL(request.url).searchParams
  const period = params.get('period') ?? next?.period ?? ''
  if (!isRealDay(period)) throw redirect('/office/billing', { headers })

  const preview = await readPreview(
    db,
    { period, skipped: pageRange(params).from, shown: PAGE_ROWS },
    params,
  )
  return data({ preview, next }, { headers })
}

export default function BillingPreview() {
  const { preview, next } = useLoaderData<typeof loader>()
  const t = useT('billing')
  const format = useFormat()
  const { can } = useOffice()
  const month = format.month(preview.period)
  const isRunnable = next?.period === preview.period && next.is_due

  return (
    <>
      <PageHeader
        back={{ to: '/office/billing', label: t('title') }}
        title={t('preview.title', { month })}
        lead={t('preview.lead')}
        actions={
          isRunnable && can('billing.run') ? (
            <RunNow period={preview.period} action="/office/billing" />
          ) : null
        }
      />
      {isRunnable ? null : (
        <Banner className="mb-5">
          {t('preview.not_yet', { day: format.day(preview.period) })}
        </Banner>
      )}
      <StatGrid>
        <Stat
          label={t('preview.total')}
          value={<Money minor={preview.total_minor} />}
          hint={
            preview.offer_minor > 0
              ? t('preview.offers', { amount: formatMoney(preview.offer_minor) })
              : undefined
          }
        />
        <Stat
          label={t('preview.invoices')}
          value={formatCount(preview.invoice_count)}
          hint={
            preview.credited_minor > 0
              ? t('preview.credited', { amount: formatMoney(preview.credited_minor) })
              : undefined
          }
        />
        <Stat label={t('preview.subscribers')} value={formatCount(preview.subscriber_count)} />
        <Stat
          label={t('preview.exceptions')}
          value={formatCount(preview.exceptions.length)}
          tone={preview.exceptions.length > 0 ? 'warn' : 'neutral'}
        />
      </StatGrid>
      {preview.exceptions.length > 0 ? (
        <Card title={t('exceptions.title')} lead={t('exceptions.lead')} flush className="mt-5">
          <ExceptionTable exceptions={preview.exceptions} />
        </Card>
      ) : null}
      {preview.invoice_count > 0 ? (
        <div className="mt-5 mb-3">
          <FilterBar
            search={{ label: t('drafts.search') }}
            actions={
              <ExportButtons to="/office/lists/preview/export" of={{ period: preview.period }} />
            }
          />
        </div>
      ) : null}
      <Card
        title={t('preview.sample')}
        flush
        footer={preview.found_count > 0 ? <Pagination total={preview.found_count} /> : null}
      >
        {preview.sample.length > 0 ? (
          <PreviewTable invoices={preview.sample} />
        ) : (
          <EmptyState
            title={preview.invoice_count > 0 ? t('invoices.none_fit') : t('preview.none')}
          >
            {preview.invoice_count > 0
              ? t('invoices.none_fit_body')
              : t('preview.none_body', { month })}
          </EmptyState>
        )}
      </Card>
    </>
  )
}
