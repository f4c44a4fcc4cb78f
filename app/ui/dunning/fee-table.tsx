import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { civilDay } from '~/domain/calendar'
import type { ListedFee } from '~/domain/dunning'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { SubscriberCell } from '~/ui/people/subscriber-cell'
import { feeTones } from './standing-cards'
import { WaiveFeeDialog } from './standing-dialogs'

/** What was charged for being late, and what became of it. */
export function FeeTable({ rows, empty }: { rows: ReadonlyArray<ListedFee>; empty: ReactNode }) {
  const { can, time_zone } = useOffice()
  const t = useT('dunning')
  const format = useFormat()

  return (
    <Table
      caption={t('fees.caption')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: 'subscriber',
          header: t('column.subscriber'),
          sort: 'subscriber_name',
          cell: (row) => <SubscriberCell of={row} part="standing" />,
        },
        {
          key: 'invoice',
          header: t('column.invoice'),
          sort: 'number',
          isMinor: true,
          isNarrow: true,
          cell: (row) => (
            <Link
              to={`/office/invoices/${row.invoice_id}`}
              className="text-accent-text hover:underline"
            >
              {row.number}
            </Link>
          ),
        },
        {
          key: 'charged',
          header: t('column.charged'),
          sort: 'created_at',
          isMinor: true,
          isNarrow: true,
          cell: (row) => format.day(civilDay(row.created_at, time_zone)),
        },
        {
          key: 'state',
          header: t('column.state'),
          cell: (row) => (
            <>
              {row.state ? (
                <StatusBadge tone={feeTones[row.state]}>{t(`fee.state.${row.state}`)}</StatusBadge>
              ) : null}
              {row.state === 'waived' ? (
                <span className="block text-faint">
                  {t('fee.waived_by', {
                    name: row.waived_by_name ?? '—',
                    reason: row.waive_reason ?? '',
                  })}
                </span>
              ) : null}
            </>
          ),
        },
        {
          key: 'amount',
          header: t('column.amount'),
          sort: 'amount_minor',
          align: 'right',
          cell: (row) => <Money minor={row.amount_minor} className="font-medium" />,
        },
        {
          key: 'act',
          header: <span className="sr-only">{t('column.act')}</span>,
          align: 'right',
          cell: (row) =>
            row.state === 'waiting' && can('invoices.manage') ? (
              <WaiveFeeDialog subscriberId={row.subscriber_id} lateFeeId={row.id} />
            ) : null,
        },
      ]}
    />
  )
}
