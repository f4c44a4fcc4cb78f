import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table, type Column } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { PaymentStage } from './payment-stage'
import { usePaymentWords, type Channel, type Method, type Stage, type VoidKind } from './words'

export type PaymentRow = {
  id: string
  receipt_number: string | null
  subscriber_name: string | null
  account_no: string | null
  method: Method
  channel: Channel
  reference: string | null
  amount_minor: number
  received_at: string
  received_by_name: string | null
  stage: Stage
  void_kind?: VoidKind | null
}

export function PaymentTable(props: {
  payments: ReadonlyArray<PaymentRow>
  timeZone: string
  empty?: ReactNode
  isSticky?: boolean
  /** Where all were taken by the same person. */
  hasNoTaker?: boolean
  /** All are of the same subscriber, whose name stands above. */
  isOfOne?: boolean
}) {
  const { payments, timeZone, empty, isSticky, hasNoTaker = false, isOfOne = false } = props
  const t = useT('collections')
  const words = usePaymentWords()
  const format = useFormat()
  const taker: Column<PaymentRow> = {
    key: 'by',
    header: t('column.by'),
    cell: (payment) => payment.received_by_name ?? '—',
    isMinor: true,
  }

  const columns: Array<Column<PaymentRow>> = [
    {
      key: 'receipt',
      header: t('column.receipt'),
      cell: (payment) => payment.receipt_number ?? '—',
      sort: 'receipt_number',
      isNarrow: true,
    },
    {
      key: 'subscriber',
      header: t('column.subscriber'),
      cell: (payment) => (
        <>
          <span className="line-clamp-2">
            {payment.subscriber_name ?? t('payment.unknown_subscriber')}
          </span>
          <span className="text-faint">{payment.account_no}</span>
        </>
      ),
      sort: 'subscriber_name',
    },
    {
      key: 'received',
      header: t('column.received'),
      cell: (payment) => format.instant(payment.received_at, timeZone),
      sort: 'received_at',
      isMinor: true,
      isNarrow: true,
    },
    {
      key: 'method',
      header: t('column.method'),
      cell: (payment) => (
        <>
          {words.method(payment.method)}
          <span className="block text-faint">
            {payment.reference ?? words.channel(payment.channel)}
          </span>
        </>
      ),
      isMinor: true,
    },
    ...(hasNoTaker ? [] : [taker]),
    {
      key: 'stage',
      header: t('column.stage'),
      cell: (payment) => <PaymentStage stage={payment.stage} voidKind={payment.void_kind} />,
      isMinor: true,
    },
    {
      key: 'amount',
      header: t('column.amount'),
      cell: (payment) => (
        <Money
          minor={payment.amount_minor}
          className={clsx('font-medium', payment.stage === 'void' && 'text-faint line-through')}
        />
      ),
      sort: 'amount_minor',
      align: 'right',
    },
  ]

  return (
    <Table
      caption={t('payments.caption')}
      rows={payments}
      rowKey={(payment) => payment.id}
      rowHref={(payment) => `/office/payments/${payment.id}`}
      empty={empty}
      isSticky={isSticky}
      columns={columns.filter((column) => !isOfOne || column.key !== 'subscriber')}
    />
  )
}
