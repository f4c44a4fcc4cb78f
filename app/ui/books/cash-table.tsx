import { Link } from '@remix-run/react'
import { BookOpen } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { entryKinds } from '~/ui/reports/entry-table'
import { BookAmount } from './book-frame'

const amounts = ['money', 'withheld', 'receivable', 'credit', 'other'] as const
type Amounts = Record<`${(typeof amounts)[number]}_minor`, number>

type CashLine = Amounts & {
  id: string
  book_on: string
  kind: string
  payment_id: string | null
  receipt_number: string | null
  subscriber_id: string | null
  subscriber_name: string | null
  account_no: string | null
  method: string | null
  reference: string | null
}

export const methods = ['cash', 'gcash', 'maya', 'bank', 'cheque', 'withholding'] as const

export function CashTable(props: {
  rows: ReadonlyArray<CashLine>
  totals: Amounts
  isPart: boolean
}) {
  const { rows, totals, isPart } = props
  const t = useT('reports')
  const format = useFormat()
  const shown = amounts.filter(
    (amount) =>
      amount === 'money' ||
      totals[`${amount}_minor`] !== 0 ||
      rows.some((row) => row[`${amount}_minor`] !== 0),
  )

  return (
    <Table
      caption={t('cash.title')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={
        <EmptyState icon={<BookOpen />} title={t(isPart ? 'books.none_fit' : 'cash.empty')}>
          {t('books.empty_body')}
        </EmptyState>
      }
      columns={[
        {
          key: 'day',
          header: t('column.day'),
          sort: 'book_on',
          cell: (row) => format.day(row.book_on),
          isNarrow: true,
          isMinor: true,
        },
        {
          key: 'receipt',
          header: t('cash.receipt'),
          sort: 'receipt_number',
          cell: (row) => <Receipt row={row} />,
          beneath: (row) => format.day(row.book_on),
          isNarrow: true,
        },
        {
          key: 'from',
          header: t('cash.from'),
          sort: 'subscriber_name',
          cell: (row) => (
            <>
              {row.subscriber_name ?? t('cash.nobody')}
              <span className="tabular block text-faint">{row.account_no}</span>
            </>
          ),
        },
        {
          key: 'method',
          header: t('cash.method'),
          cell: (row) => {
            const method = methods.find((known) => known === row.method)
            return (
              <>
                {method ? t(`method.${method}`) : null}
                <span className="block text-faint">{row.reference}</span>
              </>
            )
          },
          isMinor: true,
        },
        ...shown.map((amount) => ({
          key: amount,
          header: t(`cash.${amount}`),
          isMinor: amount !== 'money',
          ...(amount === 'money' ? { sort: 'money_minor' } : {}),
          align: 'right' as const,
          cell: (row: CashLine) => (
            <BookAmount minor={row[`${amount}_minor`]} isStrong={amount === 'money'} />
          ),
        })),
      ]}
      totals={{
        day: t(isPart ? 'books.all_fitting' : 'books.all_days'),
        ...Object.fromEntries(
          shown.map((amount) => [
            amount,
            <BookAmount key={amount} minor={totals[`${amount}_minor`]} />,
          ]),
        ),
      }}
    />
  )
}

function Receipt({ row }: { row: CashLine }) {
  const t = useT('reports')
  const kind = entryKinds.find((known) => known === row.kind)
  const word = kind ? t(`kind.${kind}`) : row.kind
  return (
    <>
      {row.payment_id ? (
        <Link
          to={`/office/payments/${row.payment_id}`}
          className="font-medium text-accent-text hover:underline"
        >
          {row.receipt_number ?? word}
        </Link>
      ) : (
        <span className="font-medium">{word}</span>
      )}
      {row.payment_id && row.kind !== 'payment' ? (
        <span className="block text-faint">{word}</span>
      ) : null}
    </>
  )
}
