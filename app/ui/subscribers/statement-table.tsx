import { formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { Balance, MoneyCell } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

type Line = {
  on: string
  at: string | null
  kind: string
  document: string | null
  description: string | null
  debit_minor: number
  credit_minor: number
  balance_minor: number
}

export type Statement = { opening_minor: number; closing_minor: number; lines: Array<Line> }

type Row = {
  id: string
  on: string
  text: string
  debit: number
  credit: number
  balance: number
  isEdge?: true
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
      text: [line.document, line.description].filter(Boolean).join(' · '),
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
          cell: (row) => <span className="tabular">{formatDay(row.on)}</span>,
        },
        {
          key: 'text',
          header: t('statement.what'),
          cell: (row) => (
            <span className={row.isEdge ? 'font-semibold' : undefined}>{row.text}</span>
          ),
        },
        {
          key: 'debit',
          header: t('statement.billed'),
          align: 'right',
          cell: (row) => (row.isEdge ? null : <MoneyCell minor={row.debit} currency={currency} />),
        },
        {
          key: 'credit',
          header: t('statement.paid'),
          align: 'right',
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
