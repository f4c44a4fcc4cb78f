import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { ListedDeposit } from '~/domain/charge'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { SubscriberCell } from '~/ui/people/subscriber-cell'

/** How deposits came and went; what was given back stands below zero. */
export function DepositTable(props: { rows: ReadonlyArray<ListedDeposit>; empty: ReactNode }) {
  const { time_zone } = useOffice()
  const t = useT('charges')
  const format = useFormat()

  return (
    <Table
      caption={t('deposits.caption')}
      rows={props.rows}
      rowKey={(row) => row.id}
      empty={props.empty}
      columns={[
        {
          key: 'subscriber',
          header: t('deposits.subscriber'),
          sort: 'subscriber_name',
          cell: (row) => <SubscriberCell of={row} part="charges" />,
        },
        {
          key: 'day',
          header: t('deposits.day'),
          sort: 'created_at',
          isMinor: true,
          isNarrow: true,
          cell: (row) => format.instant(row.created_at, time_zone),
        },
        {
          key: 'kind',
          header: t('deposits.kind'),
          cell: (row) => (
            <>
              {t(`deposit.kind.${row.kind}`)}
              {row.note ? <span className="block text-faint">{row.note}</span> : null}
            </>
          ),
        },
        {
          key: 'document',
          header: t('deposits.document'),
          isMinor: true,
          cell: (row) => <Paper row={row} />,
        },
        {
          key: 'by',
          header: t('deposits.by'),
          isMinor: true,
          cell: (row) => row.created_by_name ?? '—',
        },
        {
          key: 'amount',
          header: t('deposits.amount'),
          sort: 'amount_minor',
          align: 'right',
          cell: (row) => <Money minor={row.amount_minor} className="font-medium" />,
        },
      ]}
    />
  )
}

function Paper({ row }: { row: ListedDeposit }) {
  if (!row.payment_id || !row.receipt_number) return <>{row.reference ?? '—'}</>
  return (
    <Link to={`/office/payments/${row.payment_id}`} className="text-accent-text hover:underline">
      {row.receipt_number}
    </Link>
  )
}
