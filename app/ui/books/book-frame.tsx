import type { ReactNode } from 'react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { FilterBar, type Filter } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { Pagination } from '~/ui/base/pagination'
import { Money } from '~/ui/money/money'
import { ExportButtons } from '~/ui/office/export-buttons'
import { ReportTabs } from '~/ui/reports/report-tabs'

/** What the books share: which days are open, and the file of all of it. */
export function BookFrame(props: {
  title: string
  lead: string
  book: {
    days: { from: string; until: string }
    months: ReadonlyArray<string>
    total: number
    pageRows: number
  }
  exportTo: string
  /** What else narrows this book. */
  filters?: ReadonlyArray<Filter>
  children: ReactNode
}) {
  const { title, lead, exportTo, filters = [], children } = props
  const { days, months, total, pageRows } = props.book
  const t = useT('reports')
  const format = useFormat()

  return (
    <>
      <PageHeader title={title} lead={lead} />
      <ReportTabs />
      <div className="mb-3">
        <FilterBar
          filters={[
            {
              name: 'month',
              label: t('books.month'),
              options: months.map((month) => ({ value: month, label: format.month(month) })),
            },
            { kind: 'day', name: 'from', label: t('filter.from') },
            { kind: 'day', name: 'until', label: t('filter.until') },
            ...filters,
          ]}
          actions={<ExportButtons to={exportTo} />}
        />
      </div>
      <p className="mb-3 text-sm text-soft">
        {t('books.days', { from: format.day(days.from), until: format.day(days.until) })}
      </p>
      <Card flush footer={total > 0 ? <Pagination total={total} pageSize={pageRows} /> : null}>
        {children}
      </Card>
    </>
  )
}

/** Nothing is a quiet dash; what takes back stands below zero. */
export function BookAmount({ minor, isStrong }: { minor: number; isStrong?: boolean }) {
  if (minor === 0) return <span className="text-faint">—</span>
  return <Money minor={minor} className={isStrong ? 'font-medium' : undefined} />
}
