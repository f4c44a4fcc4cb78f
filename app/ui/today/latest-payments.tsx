import { civilDay, civilTime } from '~/domain/calendar'
import { formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { usePaymentWords, type Method } from '~/ui/payments/words'

type Row = {
  id: string
  receipt_number: string | null
  subscriber_name: string | null
  method: Method
  amount_minor: number
  received_at: string
  stage: string
}

/** The newest payments, wherever they were taken. */
export function LatestPayments({ payments }: { payments: ReadonlyArray<Row> }) {
  const { today, time_zone, currency } = useOffice()
  const t = useT('today')
  const words = usePaymentWords()

  function when(receivedAt: string) {
    const day = civilDay(receivedAt, time_zone)
    return day === today ? civilTime(receivedAt, time_zone) : formatDay(day)
  }

  return (
    <Card
      title={t('latest')}
      actions={
        <LinkButton size="small" variant="quiet" to="/office/payments">
          {t('all_payments')}
        </LinkButton>
      }
      flush
    >
      <Table
        caption={t('latest')}
        rows={payments}
        rowKey={(row) => row.id}
        rowHref={(row) => `/office/payments/${row.id}`}
        isSticky={false}
        empty={<EmptyState title={t('no_payments')}>{t('no_payments_body')}</EmptyState>}
        columns={[
          {
            key: 'who',
            header: t('subscriber'),
            cell: (row) => (
              <span className="block max-w-52 truncate">
                {row.subscriber_name ?? row.receipt_number ?? t('unknown')}
              </span>
            ),
          },
          {
            key: 'when',
            header: t('when'),
            isNarrow: true,
            cell: (row) => <span className="tabular text-soft">{when(row.received_at)}</span>,
          },
          {
            key: 'method',
            header: t('method'),
            isMinor: true,
            cell: (row) => <span className="text-soft">{words.method(row.method)}</span>,
          },
          {
            key: 'amount',
            header: t('amount'),
            align: 'right',
            cell: (row) => (
              <Money
                minor={row.amount_minor}
                currency={currency}
                className={row.stage === 'void' ? 'text-faint line-through' : undefined}
              />
            ),
          },
        ]}
      />
    </Card>
  )
}
