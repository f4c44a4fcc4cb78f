import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { isRealDay } from '~/domain/calendar'
import { formatCount } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { readNextRun } from '~/server/billing.server'
import { requireMember } from '~/server/guard.server'
import { Banner } from '~/ui/base/banner'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { Stat, StatGrid } from '~/ui/base/stat'
import { ExceptionTable, type BillingException } from '~/ui/billing/exception-table'
import { RunNow } from '~/ui/billing/next-run-card'
import { PreviewTable, type PreviewInvoice } from '~/ui/billing/preview-table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

type Preview = {
  period: string
  period_until: string
  subscriber_count: number
  invoice_count: number
  total_minor: number
  exceptions: Array<BillingException>
  sample: Array<PreviewInvoice>
}

export const handle = pageTexts('billing')
export const meta: MetaFunction = () => [{ title: 'Billing preview · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const next = await readNextRun(db)
  const period = new URL(request.url).searchParams.get('period') ?? next?.period ?? ''
  if (!isRealDay(period)) throw redirect('/office/billing', { headers })

  const { data: preview } = await db.rpc('preview_billing_run', { period }).throwOnError()
  return data({ preview: preview as Preview, next }, { headers })
}

export default function BillingPreview() {
  const { preview, next } = useLoaderData<typeof loader>()
  const t = useT('billing')
  const format = useFormat()
  const { can } = useOffice()
  const month = format.month(preview.period)
  const isRunnable = next?.period === preview.period && next.is_due
  const isWhole = preview.sample.length === preview.invoice_count

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
        <Stat label={t('preview.total')} value={<Money minor={preview.total_minor} />} />
        <Stat label={t('preview.invoices')} value={formatCount(preview.invoice_count)} />
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
      <Card
        title={
          isWhole ? t('preview.sample_all') : t('preview.sample', { count: preview.sample.length })
        }
        flush
        className="mt-5"
      >
        {preview.sample.length > 0 ? (
          <PreviewTable invoices={preview.sample} />
        ) : (
          <EmptyState title={t('preview.none')}>{t('preview.none_body', { month })}</EmptyState>
        )}
      </Card>
    </>
  )
}
