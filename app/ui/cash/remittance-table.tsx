import { Banknote } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { Difference } from './difference'
import { RemittanceBadge } from './remittance-state'

export type RemittanceRow = {
  id: string
  collector_name: string
  state: 'submitted' | 'counted' | 'accepted' | 'rejected'
  submitted_at: string
  counted_minor: number | null
  variance_minor: number | null
  counted_by_name: string | null
  slip_number: string | null
}

/** Cash handed in: where each of it is, and what differed. Nothing here says what was declared. */
export function RemittanceTable(props: {
  remittances: ReadonlyArray<RemittanceRow>
  empty?: ReactNode
  /** Where all are of one collector. */
  hasNoCollector?: boolean
  isSticky?: boolean
}) {
  const t = useT('custody')
  const collections = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()
  const sortBy = (sort: string) => (props.hasNoCollector ? {} : { sort })

  return (
    <Table
      caption={t('remittances.caption')}
      rows={props.remittances}
      rowKey={(row) => row.id}
      rowHref={(row) => `/office/collections/remittances/${row.id}`}
      isSticky={props.isSticky}
      empty={
        props.empty ?? (
          <EmptyState icon={<Banknote />} title={t('remittances.empty')}>
            {t('remittances.empty_body')}
          </EmptyState>
        )
      }
      columns={[
        {
          key: 'collector',
          header: props.hasNoCollector ? t('remittances.at') : collections('column.collector'),
          ...sortBy('collector_name'),
          cell: (row) =>
            props.hasNoCollector ? (
              format.instant(row.submitted_at, time_zone)
            ) : (
              <>
                {row.collector_name}
                <span className="block font-normal text-faint">
                  {format.instant(row.submitted_at, time_zone)}
                </span>
              </>
            ),
        },
        {
          key: 'state',
          header: collections('column.status'),
          cell: (row) => <RemittanceBadge state={row.state} />,
        },
        {
          key: 'by',
          header: t('remittances.counted_by'),
          cell: (row) => row.counted_by_name ?? '—',
          isMinor: true,
        },
        {
          key: 'bank',
          header: t('remittances.in_bank'),
          cell: (row) => {
            if (row.slip_number) return t('remittances.slip', { number: row.slip_number })
            const isHere = row.state === 'accepted' && (row.counted_minor ?? 0) > 0
            return <span className="text-faint">{isHere ? t('remittances.in_office') : '—'}</span>
          },
          isMinor: true,
        },
        {
          key: 'counted',
          header: t('remittances.counted'),
          ...sortBy('counted_minor'),
          cell: (row) => (row.counted_minor === null ? '—' : <Money minor={row.counted_minor} />),
          beneath: (row) => (row.variance_minor ? <Difference minor={row.variance_minor} /> : null),
          align: 'right',
        },
        {
          key: 'difference',
          header: t('remittances.difference'),
          ...sortBy('variance_minor'),
          cell: (row) => <Difference minor={row.variance_minor} />,
          align: 'right',
          isMinor: true,
        },
      ]}
    />
  )
}
