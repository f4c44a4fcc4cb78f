import { Link } from '@remix-run/react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'

export type AppliedPayment = {
  id: string
  payment_id: string | null
  receipt_number: string | null
  amount_minor: number
  created_at: string
}

export function AppliedPayments(props: {
  applied: ReadonlyArray<AppliedPayment>
  timeZone: string
}) {
  const t = useT('billing')
  const format = useFormat()

  return (
    <Table
      caption={t('invoice.payments_caption')}
      isSticky={false}
      rows={props.applied}
      rowKey={(payment) => payment.id}
      empty={<p className="px-4 pb-4 text-soft sm:px-5">{t('invoice.payments_none')}</p>}
      columns={[
        {
          key: 'receipt',
          header: t('column.receipt'),
          cell: (payment) => <SourceOf payment={payment} />,
        },
        {
          key: 'received',
          header: t('column.applied'),
          cell: (payment) => format.instant(payment.created_at, props.timeZone),
        },
        {
          key: 'amount',
          header: t('column.amount'),
          cell: (payment) => <Money minor={payment.amount_minor} />,
          align: 'right',
        },
      ]}
    />
  )
}

function SourceOf({ payment }: { payment: AppliedPayment }) {
  const t = useT('billing')
  const suffix = payment.amount_minor < 0 ? ` · ${t('invoice.reversed')}` : ''
  if (!payment.payment_id) return <>{t('invoice.from_credit') + suffix}</>
  return (
    <>
      <Link
        to={`/office/payments/${payment.payment_id}`}
        className="font-medium text-accent-text hover:underline"
      >
        {payment.receipt_number ?? payment.payment_id.slice(0, 8)}
      </Link>
      {suffix}
    </>
  )
}
