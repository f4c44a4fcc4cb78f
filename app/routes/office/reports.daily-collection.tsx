import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { HandCoins } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { daysAsked, readDailyCollection } from '~/server/daily-collection.server'
import { requireMember } from '~/server/guard.server'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { FilterBar } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { Stat } from '~/ui/base/stat'
import { totalOf } from '~/ui/collections/by-method'
import { CollectionTable } from '~/ui/collections/collection-table'
import { Money } from '~/ui/money/money'
import { ExportButtons } from '~/ui/office/export-buttons'
import { barsOf } from '~/ui/reports/bars-of'
import { DayBars } from '~/ui/reports/day-bars'
import { ReportTabs } from '~/ui/reports/report-tabs'

export const handle = pageTexts('reports', 'collections')
export const meta: MetaFunction = () => [{ title: 'Daily collection · Linyada' }]

type Member = { id: string; full_name: string }

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'reports.read')
  const params = new URL(request.url).searchParams
  const days = daysAsked(params, me.tenant.today)
  const [rows, members] = await Promise.all([
    readDailyCollection(db, { ...days, collector: params.get('collector') }),
    db.from('collectors').select('id, full_name').order('full_name').throwOnError(),
  ])
  return data({ days, rows, members: members.data as Array<Member> }, { headers })
}

export default function DailyCollection() {
  const { days, rows, members } = useLoaderData<typeof loader>()
  const t = useT('reports')
  const format = useFormat()
  const bars = barsOf(rows, days)
  const receipts = rows.reduce((sum, row) => sum + row.receipts, 0)

  return (
    <>
      <PageHeader title={t('daily.title')} />
      <ReportTabs />
      <div className="mb-4">
        <FilterBar
          filters={[
            { kind: 'day', name: 'from', label: t('filter.from'), unset: days.from },
            { kind: 'day', name: 'until', label: t('filter.until'), unset: days.until },
            {
              name: 'collector',
              label: t('filter.collector'),
              options: members.map((member) => ({ value: member.id, label: member.full_name })),
            },
          ]}
          actions={<ExportButtons to="/office/reports/daily-collection/export" />}
        />
      </div>
      <Card>
        <Stat
          size="hero"
          label={t('daily.total', { from: format.day(days.from), until: format.day(days.until) })}
          value={<Money minor={totalOf(rows)} />}
          hint={t('daily.receipts', { count: receipts })}
        />
        {bars.length > 0 && receipts > 0 ? (
          <div className="mt-6">
            <DayBars bars={bars} label={t('daily.chart')} />
          </div>
        ) : null}
      </Card>
      <Card flush className="mt-5">
        <CollectionTable
          hasDays
          rows={rows}
          empty={
            <EmptyState icon={<HandCoins />} title={t('daily.empty')}>
              {t('daily.empty_body')}
            </EmptyState>
          }
        />
      </Card>
    </>
  )
}
