import { Link } from '@remix-run/react'
import { BookOpen } from 'lucide-react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { entryKinds } from '~/ui/reports/entry-table'
import { BookAmount } from './book-frame'

type JournalLine = {
  transaction_id: string
  line: number
  book_on: string
  kind: string
  source_kind: string
  source_id: string
  reverses: string | null
  document: string | null
  account_name: string
  owner_name: string | null
  debit_minor: number
  credit_minor: number
}

const places: Record<string, string> = {
  invoice: '/office/invoices',
  payment: '/office/payments',
  credit_note: '/office/credit-notes',
}

/** As a journal is written: the event once, its debits, then its credits set in. */
export function JournalTable(props: {
  rows: ReadonlyArray<JournalLine>
  totals: { debit_minor: number; credit_minor: number }
  isPart: boolean
}) {
  const { rows, totals, isPart } = props
  const t = useT('reports')
  const format = useFormat()
  const firsts = new Set(
    rows.filter((row, index) => row.transaction_id !== rows[index - 1]?.transaction_id),
  )

  return (
    <Table
      caption={t('journal.title')}
      rows={rows}
      rowKey={(row) => `${row.transaction_id} ${row.line}`}
      empty={
        <EmptyState icon={<BookOpen />} title={t(isPart ? 'books.none_fit' : 'journal.empty')}>
          {t('books.empty_body')}
        </EmptyState>
      }
      columns={[
        {
          key: 'day',
          sort: 'book_on',
          header: t('column.day'),
          cell: (row) => (firsts.has(row) ? format.day(row.book_on) : null),
          isNarrow: true,
          isMinor: true,
        },
        {
          key: 'what',
          header: t('column.what'),
          cell: (row) => (firsts.has(row) ? <Event row={row} /> : null),
          beneath: (row) => (firsts.has(row) ? format.day(row.book_on) : null),
        },
        {
          key: 'account',
          header: t('column.account'),
          cell: (row) => (
            <span className={row.credit_minor > 0 ? 'block pl-6' : undefined}>
              {row.account_name}
              {row.owner_name ? <span className="text-faint"> · {row.owner_name}</span> : null}
            </span>
          ),
        },
        {
          key: 'debit',
          header: t('column.debit'),
          cell: (row) => <BookAmount minor={row.debit_minor} />,
          align: 'right',
        },
        {
          key: 'credit',
          header: t('column.credit'),
          cell: (row) => <BookAmount minor={row.credit_minor} />,
          align: 'right',
        },
      ]}
      totals={{
        day: t(isPart ? 'books.all_fitting' : 'books.all_days'),
        debit: <BookAmount minor={totals.debit_minor} />,
        credit: <BookAmount minor={totals.credit_minor} />,
      }}
    />
  )
}

function Event({ row }: { row: JournalLine }) {
  const t = useT('reports')
  const kind = entryKinds.find((known) => known === row.kind)
  const name = [kind ? t(`kind.${kind}`) : row.kind, row.document].filter(Boolean).join(' ')
  const place = places[row.source_kind]
  return (
    <>
      {place ? (
        <Link
          to={`${place}/${row.source_id}`}
          className="font-medium text-accent-text hover:underline"
        >
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
      {row.reverses ? <span className="block text-faint">{t('ledger.reversal')}</span> : null}
    </>
  )
}
