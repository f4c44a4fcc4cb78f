import { CalendarCheck } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge, type Tone } from '~/ui/base/badge'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { useOffice } from '~/ui/office/office-context'
import { BookAmount } from './book-frame'
import { AskToReopen, CloseMonth } from './period-commands'

export type Month = {
  month: string
  state: 'open' | 'soft' | 'closed'
  closed_at: string | null
  closed_by_name: string | null
  trial_balance_hash: string | null
  entry_count: number
  sales_minor: number
  vat_minor: number
  received_minor: number
  late_count: number
}

const tones: Record<Month['state'], Tone> = { open: 'info', soft: 'warn', closed: 'success' }

/** The months of a year, and the one next step each of them allows. */
export function PeriodTable(props: {
  /** All of the year, newest first. */
  months: ReadonlyArray<Month>
  shown: ReadonlyArray<Month>
  requests: ReadonlyArray<{ month: string; state: string }>
  thisMonth: string
  requestId: string
}) {
  const { months, shown, requests, thisMonth, requestId } = props
  const t = useT('reports')
  const format = useFormat()
  const { time_zone, can } = useOffice()
  /** In their order: the month before is closed at least as firmly. The database knows the years before, too. */
  const before = (month: Month) =>
    months[months.findIndex((other) => other.month === month.month) + 1]
  const isNext = (month: Month) => {
    const earlier = before(month)
    if (month.state === 'closed' || month.month >= thisMonth) return false
    return (
      !earlier || earlier.state === 'closed' || (month.state === 'open' && earlier.state === 'soft')
    )
  }
  const latestClosed = months.find((month) => month.state !== 'open')?.month
  const isAsked = (month: string) =>
    requests.some((request) => request.month === month && request.state === 'open')

  return (
    <Table
      caption={t('periods.title')}
      rows={shown}
      rowKey={(row) => row.month}
      empty={
        months.length > 0 ? (
          <EmptyState icon={<CalendarCheck />} title={t('periods.none_fit')} />
        ) : (
          <EmptyState icon={<CalendarCheck />} title={t('periods.empty')}>
            {t('periods.empty_body')}
          </EmptyState>
        )
      }
      columns={[
        {
          key: 'month',
          header: t('books.month'),
          sort: 'month',
          cell: (row) => <span className="font-medium">{format.month(row.month)}</span>,
          isNarrow: true,
        },
        {
          key: 'state',
          header: t('periods.state'),
          cell: (row) => (
            <>
              <StatusBadge tone={tones[row.state]}>{t(`periods.state.${row.state}`)}</StatusBadge>
              {row.closed_at ? (
                <span className="mt-0.5 block text-xs text-faint">
                  {t('periods.closed_by', {
                    name: row.closed_by_name ?? '',
                    at: format.instant(row.closed_at, time_zone),
                  })}
                </span>
              ) : null}
            </>
          ),
        },
        {
          key: 'sales',
          header: t('periods.sales'),
          sort: 'sales_minor',
          cell: (row) => <BookAmount minor={row.sales_minor} />,
          align: 'right',
          isMinor: true,
        },
        {
          key: 'vat',
          header: t('books.vat'),
          sort: 'vat_minor',
          cell: (row) => <BookAmount minor={row.vat_minor} />,
          align: 'right',
          isMinor: true,
        },
        {
          key: 'received',
          header: t('periods.received'),
          sort: 'received_minor',
          cell: (row) => <BookAmount minor={row.received_minor} />,
          align: 'right',
          isMinor: true,
        },
        {
          key: 'late',
          header: t('periods.late'),
          sort: 'late_count',
          cell: (row) =>
            row.late_count > 0 ? (
              <span className="tabular">{row.late_count}</span>
            ) : (
              <span className="text-faint">—</span>
            ),
          align: 'right',
          isMinor: true,
        },
        {
          key: 'step',
          header: <span className="sr-only">{t('periods.step')}</span>,
          align: 'right',
          cell: (row) => {
            if (!can('ledger.close')) return null
            if (isAsked(row.month)) return <span className="text-soft">{t('periods.waiting')}</span>
            return (
              <div className="flex flex-wrap justify-end gap-2">
                {isNext(row) ? (
                  <CloseMonth month={row} mayBeHard={before(row)?.state !== 'soft'} />
                ) : null}
                {row.state !== 'open' && row.month === latestClosed ? (
                  <AskToReopen month={row.month} requestId={requestId} />
                ) : null}
              </div>
            )
          },
        },
      ]}
    />
  )
}
