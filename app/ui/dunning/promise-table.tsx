import type { ReactNode } from 'react'
import { civilDay } from '~/domain/calendar'
import type { ListedPromise } from '~/domain/dunning'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { SubscriberCell } from '~/ui/people/subscriber-cell'
import { promiseTones } from './standing-cards'
import { WithdrawPromiseDialog } from './standing-dialogs'

/** Who pays by when, and whether they did. */
export function PromiseTable(props: {
  rows: ReadonlyArray<ListedPromise>
  today: string
  empty: ReactNode
}) {
  const { rows, today, empty } = props
  const { can, time_zone } = useOffice()
  const t = useT('dunning')
  const format = useFormat()
  const mayPromise = can('payments.record') || can('subscribers.manage')

  return (
    <Table
      caption={t('promises.caption')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: 'subscriber',
          header: t('column.subscriber'),
          sort: 'subscriber_name',
          cell: (row) => <SubscriberCell of={row} part="standing" />,
          beneath: (row) => format.day(row.promised_on),
        },
        {
          key: 'day',
          header: t('column.promised'),
          sort: 'promised_on',
          isMinor: true,
          isNarrow: true,
          cell: (row) => (
            <>
              {format.day(row.promised_on)}
              {row.state === 'open' ? (
                <span className="block text-faint">{format.timeLeft(row.promised_on, today)}</span>
              ) : null}
            </>
          ),
        },
        {
          key: 'state',
          header: t('column.state'),
          cell: (row) => (
            <StatusBadge tone={promiseTones[row.state]}>
              {t(`promise.state.${row.state}`)}
            </StatusBadge>
          ),
        },
        {
          key: 'noted',
          header: t('column.noted'),
          sort: 'made_at',
          isMinor: true,
          cell: (row) => (
            <>
              {t('promise.taken', {
                day: format.day(civilDay(row.made_at, time_zone)),
                name: row.taken_by_name ?? '—',
              })}
              {row.note ? <span className="block text-faint">{row.note}</span> : null}
            </>
          ),
        },
        {
          key: 'amount',
          header: t('column.amount'),
          sort: 'amount_minor',
          align: 'right',
          cell: (row) =>
            row.amount_minor === null ? (
              t('promise.all_due')
            ) : (
              <Money minor={row.amount_minor} className="font-medium" />
            ),
        },
        {
          key: 'act',
          header: <span className="sr-only">{t('column.act')}</span>,
          align: 'right',
          cell: (row) =>
            row.state === 'open' && mayPromise ? (
              <WithdrawPromiseDialog subscriberId={row.subscriber_id} promiseId={row.id} />
            ) : null,
        },
      ]}
    />
  )
}
