import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { paymentsOf, type Double, type DoublePayment } from '~/domain/double'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { SettleDouble } from './settle-double'

/** Pairs of payments side by side, why they are shown, and what a person said of them. */
export function DoubleTable(props: {
  pairs: ReadonlyArray<Double>
  memberId: string
  empty: ReactNode
}) {
  const { pairs, memberId, empty } = props
  const t = useT('oversight')

  return (
    <Table
      caption={t('double.title')}
      rows={pairs}
      rowKey={(pair) => pair.id}
      empty={empty}
      columns={[
        {
          key: 'subscriber',
          header: t('double.column.subscriber'),
          sort: 'subscriber_name',
          cell: (pair) => (
            <>
              <Link
                to={`/office/subscribers/${pair.subscriber_id}/payments`}
                className="font-medium hover:underline"
              >
                {pair.subscriber_name}
              </Link>
              <span className="block text-faint">{pair.account_no}</span>
            </>
          ),
        },
        {
          key: 'first',
          header: t('double.column.first'),
          cell: (pair) => <Payment payment={paymentsOf(pair)[0]} />,
        },
        {
          key: 'second',
          header: t('double.column.second'),
          cell: (pair) => <Payment payment={paymentsOf(pair)[1]} />,
        },
        {
          key: 'why',
          header: t('double.column.why'),
          sort: 'flagged_at',
          isMinor: true,
          cell: (pair) => (
            <span className="text-soft">
              {pair.kind === 'two_people' && pair.amount_minor !== pair.other_amount_minor
                ? t('double.kind.nothing_left')
                : t(`double.kind.${pair.kind}`)}
            </span>
          ),
        },
        {
          key: 'state',
          header: t('double.column.state'),
          align: 'right',
          cell: (pair) => <Outcome pair={pair} memberId={memberId} />,
        },
      ]}
    />
  )
}

function Payment({ payment }: { payment: DoublePayment }) {
  const t = useT('oversight')
  const format = useFormat()
  const { time_zone } = useOffice()
  return (
    <>
      <Money
        minor={payment.amountMinor}
        className={payment.isVoid ? 'text-faint line-through' : 'font-medium'}
      />{' '}
      <Link to={`/office/payments/${payment.id}`} className="text-accent-text hover:underline">
        {payment.receipt ?? t('double.no_number')}
      </Link>
      <span className="block text-faint">
        {payment.byName ?? '—'}, {format.instant(payment.receivedAt, time_zone)}
      </span>
    </>
  )
}

function Outcome({ pair, memberId }: { pair: Double; memberId: string }) {
  const t = useT('oversight')
  const format = useFormat()
  const { time_zone, can } = useOffice()
  if (pair.state === 'void')
    return <StatusBadge tone="neutral">{t('double.state.void')}</StatusBadge>
  if (!pair.settled_at || !pair.decision) {
    const isOwn = pair.received_by === memberId || pair.other_received_by === memberId
    if (can('collections.settle') && !isOwn) return <SettleDouble pair={pair} />
    return (
      <>
        <StatusBadge tone="warn">{t('double.state.waiting')}</StatusBadge>
        {isOwn ? <span className="block text-faint">{t('double.own')}</span> : null}
      </>
    )
  }
  return (
    <span className="block whitespace-normal">
      <StatusBadge tone={pair.decision === 'both_right' ? 'success' : 'info'}>
        {t(`double.decision.${pair.decision}`)}
      </StatusBadge>
      <span className="block text-faint">
        {pair.settled_by_name ?? '—'}, {format.instant(pair.settled_at, time_zone)}
      </span>
      <span className="block text-soft">“{pair.note}”</span>
    </span>
  )
}
