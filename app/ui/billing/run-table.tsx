import { useFormat } from '~/i18n/use-format'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { MoneyCell } from '~/ui/money/money'
import { RunState, type RunStanding } from './run-state'

export type RunRow = {
  id: string
  period: string
  standing: RunStanding
  invoice_count: number
  exception_count: number
  total_minor: number
  started_by_name: string | null
}

export function RunTable({ runs }: { runs: ReadonlyArray<RunRow> }) {
  const t = useT('billing')
  const format = useFormat()

  return (
    <Table
      caption={t('history.caption')}
      rows={runs}
      rowKey={(run) => run.id}
      rowHref={(run) => `/office/billing/runs/${run.id}`}
      empty={<EmptyState title={t('history.empty')}>{t('history.empty_body')}</EmptyState>}
      columns={[
        {
          key: 'period',
          sort: 'period',
          header: t('column.period'),
          cell: (run) => format.month(run.period),
          isNarrow: true,
        },
        {
          key: 'state',
          header: t('column.state'),
          cell: (run) => <RunState standing={run.standing} />,
        },
        {
          key: 'by',
          header: t('column.started_by'),
          cell: (run) => run.started_by_name ?? t('run.schedule'),
          isMinor: true,
        },
        {
          key: 'invoices',
          sort: 'invoice_count',
          header: t('column.invoices'),
          cell: (run) => formatCount(run.invoice_count),
          align: 'right',
        },
        {
          key: 'exceptions',
          sort: 'exception_count',
          header: t('column.exceptions'),
          cell: (run) => formatCount(run.exception_count),
          align: 'right',
          isMinor: true,
        },
        {
          key: 'total',
          sort: 'total_minor',
          header: t('column.total'),
          cell: (run) => <MoneyCell minor={run.total_minor} />,
          align: 'right',
        },
      ]}
    />
  )
}
