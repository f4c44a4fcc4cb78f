import { Link } from '@remix-run/react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'

export type Allocation = {
  id: string
  invoice_id: string
  invoice_number: string
  period: string | null
  amount_minor: number
}

/** Which invoices a payment settled. Rows that take back are shown, not hidden. */
export function AllocationTable({ allocations }: { allocations: ReadonlyArray<Allocation> }) {
  const t = useT('collections')
  const format = useFormat()

  return (
    <Table
      caption={t('payment.allocations_caption')}
      isSticky={false}
      rows={allocations}
      rowKey={(allocation) => allocation.id}
      empty={<p className="px-4 py-4 text-soft sm:px-5">{t('payment.allocations_none')}</p>}
      columns={[
        {
          key: 'invoice',
          header: t('column.invoice'),
          cell: (allocation) => (
            <Link
              to={`/office/invoices/${allocation.invoice_id}`}
              className="font-medium text-accent-text hover:underline"
            >
              {allocation.invoice_number}
            </Link>
          ),
          isNarrow: true,
        },
        {
          key: 'period',
          header: t('column.period'),
          cell: (allocation) => (allocation.period ? format.month(allocation.period) : '—'),
        },
        {
          key: 'amount',
          header: t('column.applied'),
          cell: (allocation) => (
            <>
              <Money minor={allocation.amount_minor} />
              {allocation.amount_minor < 0 ? (
                <span className="block text-faint">{t('payment.reversed')}</span>
              ) : null}
            </>
          ),
          align: 'right',
        },
      ]}
    />
  )
}
