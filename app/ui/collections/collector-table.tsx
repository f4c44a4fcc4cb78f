import { clsx } from 'clsx'
import { UserPlus } from 'lucide-react'
import { civilDay } from '~/domain/calendar'
import { limitState } from '~/domain/limit'
import { formatCount, formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Badge, type Tone } from '~/ui/base/badge'
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
  /** When the oldest of it was taken. */
  on_hand_since: string | null
  cash_limit_minor: number | null
  unsent_limit: number
  unsent_hours: number
  has_own_limits: boolean
  shortage_minor: number
  /** Handed in and not accepted yet. */
  open_remittances: number
  stops: number
  stops_done: number
  collected_today_minor: number
  receipts_today: number
  last_seen_at: string | null
  /** Since when a phone that may hold cash was not heard of; null while all are. */
  silent_since: string | null
  unsent_count: number
  parked_count: number
  route_names: ReadonlyArray<string>
}

/** Who carries how much, and how sure we are of it. */
export function CollectorTable({ collectors }: { collectors: ReadonlyArray<CollectorRow> }) {
  const t = useT('collections')
  const custody = useT('custody')
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
          cell: (row) => (
            <>
              {row.last_seen_at ? format.instant(row.last_seen_at, time_zone) : t('board.never')}
              {row.silent_since ? (
                <span className="block font-medium text-warn">{t('board.may_hold')}</span>
              ) : null}
            </>
          ),
          isMinor: true,
          isNarrow: true,
        },
        {
          key: 'unsent',
          header: t('column.unsent'),
          cell: (row) => (
            <Waiting
              count={row.unsent_count}
              isStopped={limitState(row.unsent_count, row.unsent_limit) === 'stop'}
            />
          ),
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
          key: 'route',
          header: custody('board.route'),
          cell: (row) => <RouteProgress done={row.stops_done} stops={row.stops} />,
          isMinor: true,
        },
        {
          key: 'today',
          header: t('column.today'),
          cell: (row) => (
            <>
              <MoneyCell minor={row.collected_today_minor} />
              {row.receipts_today > 0 ? (
                <span className="block text-faint">
                  {t('board.receipts', { count: row.receipts_today })}
                </span>
              ) : null}
            </>
          ),
          align: 'right',
          isMinor: true,
        },
        {
          key: 'to_count',
          header: custody('board.to_count'),
          cell: (row) => <Waiting count={row.open_remittances} tone="info" />,
          align: 'right',
          isMinor: true,
        },
        {
          key: 'on_hand',
          header: custody('board.on_hand'),
          cell: (row) => <OnHand collector={row} />,
          align: 'right',
        },
      ]}
      totals={
        collectors.length > 1
          ? {
              collector: t('today.total'),
              today: <Money minor={sum((row) => row.collected_today_minor)} />,
              on_hand: <Money minor={sum((row) => row.on_hand_minor)} />,
            }
          : undefined
      }
    />
  )
}

function Waiting(props: { count: number; isStopped?: boolean; tone?: Tone }) {
  const { count, isStopped, tone = 'warn' } = props
  if (count === 0) return <span className="text-faint">—</span>
  return <Badge tone={isStopped ? 'danger' : tone}>{formatCount(count)}</Badge>
}

function RouteProgress({ done, stops }: { done: number; stops: number }) {
  const t = useT('custody')
  if (stops === 0) return <span className="text-faint">—</span>
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-line">
        <span
          className="block h-full rounded-full bg-accent"
          style={{ width: `${Math.round((done / stops) * 100)}%` }}
        />
      </span>
      <span className="tabular whitespace-nowrap text-soft">
        {t('board.progress', { done: formatCount(done), stops: formatCount(stops) })}
      </span>
    </span>
  )
}

const limitTones = { fine: '', warn: 'text-warn', stop: 'text-danger' }

/** How much, of how much, and since when: what a supervisor calls about. */
function OnHand({ collector }: { collector: CollectorRow }) {
  const t = useT('custody')
  const format = useFormat()
  const { time_zone, currency } = useOffice()
  const { on_hand_minor, cash_limit_minor, on_hand_since, shortage_minor } = collector
  const state = limitState(on_hand_minor, cash_limit_minor)

  return (
    <>
      <MoneyCell minor={on_hand_minor} className={clsx('font-medium', limitTones[state])} />
      {on_hand_since ? (
        <span className="block text-faint">
          {state === 'fine' ? null : (
            <span className={clsx('font-medium', limitTones[state])}>
              {t(state === 'stop' ? 'board.over' : 'board.near')}
              {' · '}
            </span>
          )}
          {t('board.since', { when: format.day(civilDay(on_hand_since, time_zone)) })}
        </span>
      ) : null}
      {shortage_minor > 0 ? (
        <span className="block text-danger">
          {t('board.owed', { amount: formatMoney(shortage_minor, currency) })}
        </span>
      ) : null}
    </>
  )
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
