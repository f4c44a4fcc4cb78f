import { Link } from '@remix-run/react'
import type { Statement, StatementLine } from '~/domain/statement'
import { formatDay, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { Balance, MoneyCell } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

type Row = {
  id: string
  on: string
  text: string
  document?: { text: string; to: string | undefined }
  debit: number
  credit: number
  balance: number
  isEdge?: true
}

const places: Record<string, string> = {
  invoice: '/office/invoices',
  payment: '/office/payments',
  credit_note: '/office/credit-notes',
}

function placeOf(line: StatementLine) {
  const place = places[line.document_kind]
  return place && `${place}/${line.document_id}`
}

/** What was billed and paid between two days, with the balance after each line. */
export function StatementTable(props: { statement: Statement; from: string; until: string }) {
  const { statement, from, until } = props
  const { currency } = useOffice()
  const t = useT('subscribers')

  const rows: Array<Row> = [
    {
      id: 'opening',
      on: from,
      text: t('statement.opening'),
      debit: 0,
      credit: 0,
      balance: statement.opening_minor,
      isEdge: true,
    },
    ...statement.lines.map((line, index) => ({
      id: `line-${index}`,
      on: line.on,
      text: line.description ?? '',
      ...(line.document ? { document: { text: line.document, to: placeOf(line) } } : {}),
      debit: line.debit_minor,
      credit: line.credit_minor,
      balance: line.balance_minor,
    })),
    {
      id: 'closing',
      on: until,
      text: t('statement.closing'),
      debit: 0,
      credit: 0,
      balance: statement.closing_minor,
      isEdge: true,
    },
  ]

  return (
    <Table
      caption={t('statement.caption')}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'on',
          header: t('statement.day'),
          isNarrow: true,
          isMinor: true,
          cell: (row) => <span className="tabular">{formatDay(row.on)}</span>,
        },
        {
          key: 'text',
          header: t('statement.what'),
          beneath: (row) => (
            <span className="tabular">
              {formatDay(row.on)}
              {row.isEdge ? null : ` · ${formatMoney(row.debit - row.credit, currency)}`}
            </span>
          ),
          cell: (row) => (
            <span className={row.isEdge ? 'font-semibold' : undefined}>
              {row.document ? (
                <>
                  {row.document.to ? (
                    <Link
                      to={row.document.to}
                      className="font-medium text-accent-text hover:underline"
                    >
                      {row.document.text}
                    </Link>
                  ) : (
                    <span className="font-medium">{row.document.text}</span>
                  )}{' '}
                </>
              ) : null}
              {row.text}
            </span>
          ),
        },
        {
          key: 'debit',
          header: t('statement.billed'),
          align: 'right',
          isMinor: true,
          cell: (row) => (row.isEdge ? null : <MoneyCell minor={row.debit} currency={currency} />),
        },
        {
          key: 'credit',
          header: t('statement.paid'),
          align: 'right',
          isMinor: true,
          cell: (row) => (row.isEdge ? null : <MoneyCell minor={row.credit} currency={currency} />),
        },
        {
          key: 'balance',
          header: t('statement.balance'),
          align: 'right',
          cell: (row) => (
            <Balance
              minor={row.balance}
              currency={currency}
              className={row.isEdge ? 'font-semibold' : undefined}
            />
          ),
        },
      ]}
    />
  )
}
