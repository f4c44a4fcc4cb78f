import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { Money, MoneyCell } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

type Row = {
  collector_id: string | null
  collector_name: string | null
  receipts: number
  amount_minor: number
}

/** Who took how much today, all methods together, the largest first. */
export function CollectedToday({ rows }: { rows: ReadonlyArray<Row> }) {
  const { currency } = useOffice()
  const t = useT('today')
  const people = byCollector(rows)

  return (
    <Card title={t('by_collector')} flush>
      <Table
        caption={t('by_collector')}
        rows={people}
        rowKey={(row) => row.collector_id ?? 'nobody'}
        isSticky={false}
        empty={<EmptyState title={t('none_collected')}>{t('none_collected_body')}</EmptyState>}
        columns={[
          { key: 'name', header: t('person'), cell: (row) => row.collector_name ?? t('by_itself') },
          {
            key: 'receipts',
            header: t('receipts_column'),
            align: 'right',
            cell: (row) => <span className="tabular">{formatCount(row.receipts)}</span>,
          },
          {
            key: 'amount',
            header: t('amount'),
            align: 'right',
            cell: (row) => <MoneyCell minor={row.amount_minor} currency={currency} />,
          },
        ]}
        totals={{
          name: t('total'),
          receipts: (
            <span className="tabular">
              {formatCount(people.reduce((sum, row) => sum + row.receipts, 0))}
            </span>
          ),
          amount: (
            <Money
              minor={people.reduce((sum, row) => sum + row.amount_minor, 0)}
              currency={currency}
            />
          ),
        }}
      />
    </Card>
  )
}

function byCollector(rows: ReadonlyArray<Row>) {
  const people = new Map<string | null, Row>()
  for (const row of rows) {
    const before = people.get(row.collector_id)
    people.set(row.collector_id, {
      ...row,
      receipts: row.receipts + (before?.receipts ?? 0),
      amount_minor: row.amount_minor + (before?.amount_minor ?? 0),
    })
  }
  return [...people.values()].sort((a, b) => b.amount_minor - a.amount_minor)
}
