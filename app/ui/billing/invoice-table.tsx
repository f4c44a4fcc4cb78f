import type { ReactNode } from 'react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table, type Column } from '~/ui/base/table'
import { MoneyCell } from '~/ui/money/money'
import { InvoiceState, type InvoiceStanding } from './invoice-state'

export type InvoiceRow = InvoiceStanding & {
  id: string
  number: string
  subscriber_name: string
  account_no: string
  period: string | null
  issued_on: string
  due_on: string
}

export function InvoiceTable(props: {
  invoices: ReadonlyArray<InvoiceRow>
  today: string
  empty?: ReactNode
  /** All are of the same subscriber, whose name stands above. */
  isOfOne?: boolean
}) {
  const { invoices, today, empty, isOfOne = false } = props
  const t = useT('billing')
  const format = useFormat()

  const columns: Array<Column<InvoiceRow>> = [
    {
      key: 'number',
      header: t('column.number'),
      cell: (invoice) => invoice.number,
      sort: 'number',
      isNarrow: true,
    },
    {
      key: 'subscriber',
      header: t('column.subscriber'),
      cell: (invoice) => (
        <>
          <span className="line-clamp-2">{invoice.subscriber_name}</span>
          <span className="text-faint">{invoice.account_no}</span>
        </>
      ),
      sort: 'subscriber_name',
    },
    {
      key: 'period',
      header: t('column.period'),
      cell: (invoice) => (invoice.period ? format.month(invoice.period) : '—'),
      sort: 'period',
      isMinor: true,
      isNarrow: true,
    },
    {
      key: 'due',
      header: t('column.due'),
      cell: (invoice) => <DueOn invoice={invoice} today={today} />,
      sort: 'due_on',
      isMinor: true,
      isNarrow: true,
    },
    {
      key: 'state',
      header: t('column.state'),
      cell: (invoice) => <InvoiceState invoice={invoice} />,
    },
    {
      key: 'total',
      header: t('column.total'),
      cell: (invoice) => <MoneyCell minor={invoice.total_minor} />,
      sort: 'total_minor',
      align: 'right',
      isMinor: true,
    },
    {
      key: 'balance',
      header: t('column.balance'),
      cell: (invoice) => <MoneyCell minor={invoice.balance_minor} className="font-medium" />,
      sort: 'balance_minor',
      align: 'right',
    },
  ]

  return (
    <Table
      caption={t('invoices.caption')}
      rows={invoices}
      rowKey={(invoice) => invoice.id}
      rowHref={(invoice) => `/office/invoices/${invoice.id}`}
      empty={empty}
      columns={columns.filter((column) => !isOfOne || column.key !== 'subscriber')}
    />
  )
}

function DueOn({ invoice, today }: { invoice: InvoiceRow; today: string }) {
  const format = useFormat()
  return (
    <>
      {format.day(invoice.due_on)}
      {invoice.state === 'open' ? (
        <span className="block text-faint">{format.due(invoice.due_on, today)}</span>
      ) : null}
    </>
  )
}
