import type { ReactNode } from 'react'
import { formatCount } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table, type Column } from '~/ui/base/table'
import { Money, MoneyCell } from '~/ui/money/money'
import { usePaymentWords } from '~/ui/payments/words'
import { byMethod, methodsOf, totalOf, type CollectedBy, type CollectionRow } from './by-method'

/** What was collected, one row a person (and day), one column a method. */
export function CollectionTable(props: {
  rows: ReadonlyArray<CollectionRow>
  hasDays?: boolean
  empty?: ReactNode
}) {
  const { rows, hasDays = false, empty } = props
  const t = useT('collections')
  const words = usePaymentWords()
  const format = useFormat()
  const people = byMethod(rows)
  const methods = methodsOf(rows)

  const day: Column<CollectedBy> = {
    key: 'day',
    header: t('filter.day'),
    cell: (row) => format.day(row.day),
    isNarrow: true,
  }
  return (
    <Table
      caption={t('today.caption')}
      rows={people}
      rowKey={(row) => row.key}
      rowHref={(row) =>
        `/office/payments?from=${row.day}&until=${row.day}${row.collector_id ? `&collector=${row.collector_id}` : ''}`
      }
      empty={empty}
      columns={[
        ...(hasDays ? [day] : []),
        {
          key: 'collector',
          header: t('column.collector'),
          cell: (row) => row.collector_name ?? t('today.office'),
        },
        {
          key: 'receipts',
          header: t('column.receipts'),
          cell: (row) => formatCount(row.receipts),
          align: 'right',
        },
        ...methods.map((method): Column<CollectedBy> => ({
          key: method,
          header: words.method(method),
          cell: (row) => <MoneyCell minor={row.amounts[method] ?? 0} />,
          align: 'right',
          isMinor: true,
        })),
        {
          key: 'total',
          header: t('column.total'),
          cell: (row) => <Money minor={row.amount_minor} className="font-medium" />,
          align: 'right',
        },
      ]}
      totals={{
        [hasDays ? 'day' : 'collector']: t('today.total'),
        receipts: formatCount(people.reduce((sum, row) => sum + row.receipts, 0)),
        total: <Money minor={totalOf(people)} />,
        ...Object.fromEntries(
          methods.map((method) => [
            method,
            <Money key={method} minor={totalOf(rows.filter((row) => row.method === method))} />,
          ]),
        ),
      }}
    />
  )
}
