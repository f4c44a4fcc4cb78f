import { UserPlus } from 'lucide-react'
import { formatCount } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { Table } from '~/ui/base/table'
import { Money, MoneyCell } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

export type CollectorRow = {
  id: string
  full_name: string
  status: string
  on_hand_minor: number
  collected_today_minor: number
  receipts_today: number
  last_seen_at: string | null
  unsent_count: number
  parked_count: number
  route_names: ReadonlyArray<string>
}

/** Who carries how much, and how sure we are of it. */
export function CollectorTable({ collectors }: { collectors: ReadonlyArray<CollectorRow> }) {
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()
  const sum = (pick: (row: CollectorRow) => number) =>
    collectors.reduce((total, row) => total + pick(row), 0)

  return (
    <Table
      caption={t('board.caption')}
      rows={collectors}
      rowKey={(row) => row.id}
      rowHref={(row) => `/office/collections/collectors/${row.id}`}
      empty={<NoCollectors />}
      columns={[
        {
          key: 'collector',
          header: t('column.collector'),
          cell: (row) => (
            <>
              {row.full_name}
              <span className="block font-normal text-faint">
                {row.route_names.join(', ') || t('board.no_routes')}
              </span>
            </>
          ),
        },
        {
          key: 'seen',
          header: t('column.last_seen'),
          cell: (row) =>
            row.last_seen_at ? format.instant(row.last_seen_at, time_zone) : t('board.never'),
          isMinor: true,
          isNarrow: true,
        },
        {
          key: 'unsent',
          header: t('column.unsent'),
          cell: (row) => <Waiting count={row.unsent_count} />,
          align: 'right',
          isMinor: true,
        },
        {
          key: 'parked',
          header: t('column.parked'),
          cell: (row) => <Waiting count={row.parked_count} />,
          align: 'right',
          isMinor: true,
        },
        {
          key: 'receipts',
          header: t('column.receipts'),
          cell: (row) => formatCount(row.receipts_today),
          align: 'right',
          isMinor: true,
        },
        {
          key: 'today',
          header: t('column.today'),
          cell: (row) => <MoneyCell minor={row.collected_today_minor} />,
          align: 'right',
        },
        {
          key: 'on_hand',
          header: t('column.on_hand'),
          cell: (row) => <MoneyCell minor={row.on_hand_minor} className="font-medium" />,
          align: 'right',
        },
      ]}
      totals={
        collectors.length > 1
          ? {
              collector: t('today.total'),
              receipts: formatCount(sum((row) => row.receipts_today)),
              today: <Money minor={sum((row) => row.collected_today_minor)} />,
              on_hand: <Money minor={sum((row) => row.on_hand_minor)} />,
            }
          : undefined
      }
    />
  )
}

function Waiting({ count }: { count: number }) {
  if (count === 0) return <span className="text-faint">—</span>
  return <Badge tone="warn">{formatCount(count)}</Badge>
}

function NoCollectors() {
  const t = useT('collections')
  const { can } = useOffice()
  return (
    <EmptyState
      icon={<UserPlus />}
      title={t('board.empty')}
      actions={
        can('members.manage') ? (
          <LinkButton to="/office/settings/staff">{t('board.invite')}</LinkButton>
        ) : undefined
      }
    >
      {t('board.empty_body')}
    </EmptyState>
  )
}
