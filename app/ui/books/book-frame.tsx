import { useSearchParams } from '@remix-run/react'
import type { ReactNode } from 'react'
import { branchLabel } from '~/domain/branch'
import { withParams } from '~/domain/url-list'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { LinkButton } from '~/ui/base/button'
import type { Filter } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { Money } from '~/ui/money/money'
import { FilteredList } from '~/ui/office/filtered-list'
import { ReportTabs } from '~/ui/reports/report-tabs'

/** What the books share: which days are open, and the file of all of it. */
export function BookFrame(props: {
  title: string
  lead: string
  book: {
    days: { from: string; until: string }
    part: Readonly<Record<string, string>>
    months: ReadonlyArray<string>
    total: number
  }
  exportTo: string
  /** What else narrows this book. */
  filters?: ReadonlyArray<Filter>
  children: ReactNode
}) {
  const { title, lead, exportTo, filters = [], children } = props
  const { days, part, months, total } = props.book
  const t = useT('reports')
  const format = useFormat()

  return (
    <>
      <PageHeader title={title} lead={lead} />
      <ReportTabs />
      <FilteredList
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
        exportTo={exportTo}
        notice={
          <>
            <p className="mb-3 text-sm text-soft">
              {t('books.days', { from: format.day(days.from), until: format.day(days.until) })}
            </p>
            <PartNotice part={part} filters={filters} />
          </>
        }
        total={total}
      >
        {children}
      </FilteredList>
    </>
  )
}

export function isPart({ part }: { part: Readonly<Record<string, string>> }) {
  return Object.keys(part).length > 0
}

/** Where there are several branches, a book can be narrowed to one. */
export function branchFilter(
  label: string,
  branches: ReadonlyArray<Parameters<typeof branchLabel>[0]>,
): Array<Filter> {
  if (branches.length < 2) return []
  const options = branches.map((branch) => ({ value: branch.code, label: branchLabel(branch) }))
  return [{ name: 'branch', label, options }]
}

/** A filtered book is no book of accounts, and whoever prints it should know. */
function PartNotice(props: {
  part: Readonly<Record<string, string>>
  filters: ReadonlyArray<Filter>
}) {
  const { part, filters } = props
  const t = useT('reports')
  const [params] = useSearchParams()
  if (!isPart(props)) return null

  const said = Object.entries(part).map(([name, value]) => {
    const filter = filters.find((known) => known.name === name)
    const options = filter && filter.kind !== 'day' ? filter.options : []
    const label = options.find((option) => option.value === value)?.label ?? value
    return `${filter?.label ?? name}: ${label}`
  })
  const whole = withParams(
    params,
    Object.fromEntries(Object.keys(part).map((name) => [name, null])),
  )
  return (
    <Banner
      className="mb-3"
      title={t('books.part', { what: said.join(' · ') })}
      actions={
        <LinkButton to={whole} size="small">
          {t('books.whole')}
        </LinkButton>
      }
    >
      {t('books.part_body')}
    </Banner>
  )
}

/** Nothing is a quiet dash; what takes back stands below zero. */
export function BookAmount({ minor, isStrong }: { minor: number; isStrong?: boolean }) {
  if (minor === 0) return <span className="text-faint">—</span>
  return <Money minor={minor} className={isStrong ? 'font-medium' : undefined} />
}
