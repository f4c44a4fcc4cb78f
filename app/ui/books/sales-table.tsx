import { Link } from '@remix-run/react'
import { BookOpen } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { EmptyState } from '~/ui/base/empty-state'
import { Table, type Column } from '~/ui/base/table'
import { BookAmount } from './book-frame'

const amounts = ['vatable', 'exempt', 'zero_rated', 'non_vat', 'vat', 'total'] as const
type Amounts = Record<`${(typeof amounts)[number]}_minor`, number>

type SalesLine = Amounts & {
  id: string
  book_on: string
  kind: 'invoice' | 'void' | 'credit_note'
  invoice_id: string
  credit_note_id: string | null
  number: string
  branch: string
  branch_name: string | null
  against: string | null
  buyer_name: string | null
  buyer_tin: string | null
  account_no: string | null
  is_void: boolean
}

/** Columns nobody sold under in these days are left out: a non-VAT seller has no VAT columns, and the other way round. */
export function SalesTable(props: {
  rows: ReadonlyArray<SalesLine>
  totals: Amounts
  /** With one branch there is nothing to tell apart. */
  hasBranches: boolean
  isPart: boolean
}) {
  const { rows, totals, hasBranches, isPart } = props
  const t = useT('reports')
  const format = useFormat()
  const isUsed = (amount: (typeof amounts)[number]) =>
    amount === 'total' || rows.some((row) => row[`${amount}_minor`] !== 0)
  const shown = amounts.filter((amount) => isUsed(amount) || totals[`${amount}_minor`] !== 0)

  const columns: Array<Column<SalesLine>> = [
    {
      key: 'day',
      header: t('column.day'),
      sort: 'book_on',
      cell: (row) => format.day(row.book_on),
      isNarrow: true,
      isMinor: true,
    },
    {
      key: 'number',
      header: t('books.document'),
      sort: 'number',
      cell: (row) => <DocumentCell row={row} />,
      beneath: (row) => format.day(row.book_on),
      isNarrow: true,
    },
    ...(hasBranches
      ? [
          {
            key: 'branch',
            header: t('sales.branch'),
            sort: 'branch',
            isMinor: true,
            cell: (row: SalesLine) => <span title={row.branch_name ?? ''}>{row.branch}</span>,
          },
        ]
      : []),
    {
      key: 'buyer',
      header: t('books.buyer'),
      sort: 'buyer_name',
      cell: (row) => (
        <>
          {row.buyer_name}
          <span className="tabular block text-faint">
            {row.buyer_tin ? `TIN ${row.buyer_tin}` : row.account_no}
          </span>
        </>
      ),
    },
    ...shown.map((amount) => ({
      key: amount,
      header: t(`books.${amount}`),
      isMinor: amount !== 'total',
      ...(amount === 'total' ? { sort: 'total_minor' } : {}),
      align: 'right' as const,
      cell: (row: SalesLine) => (
        <BookAmount minor={row[`${amount}_minor`]} isStrong={amount === 'total'} />
      ),
    })),
  ]

  return (
    <Table
      caption={t('sales.title')}
      rows={rows}
      rowKey={(row) => row.id}
      columns={columns}
      empty={
        <EmptyState icon={<BookOpen />} title={t(isPart ? 'books.none_fit' : 'sales.empty')}>
          {t('books.empty_body')}
        </EmptyState>
      }
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

function DocumentCell({ row }: { row: SalesLine }) {
  const t = useT('reports')
  return (
    <>
      <Link
        to={
          row.credit_note_id
            ? `/office/credit-notes/${row.credit_note_id}`
            : `/office/invoices/${row.invoice_id}`
        }
        className="font-medium text-accent-text hover:underline"
      >
        {row.number}
      </Link>{' '}
      {row.kind === 'invoice' && row.is_void ? (
        <Badge tone="danger">{t('sales.void')}</Badge>
      ) : null}
      {row.kind === 'void' ? (
        <span className="block text-faint">{t('sales.taken_back')}</span>
      ) : null}
      {row.kind === 'credit_note' ? (
        <span className="block text-faint">
          {t('sales.credit_note', { invoice: row.against ?? '' })}
        </span>
      ) : null}
    </>
  )
}
