import { UserPlus, Users } from 'lucide-react'
import { formatDay } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { civilDay } from '~/domain/calendar'
import { LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import type { Selection } from '~/ui/base/selection'
import { Table, type Column } from '~/ui/base/table'
import { Balance, MoneyCell } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { StandingBadge } from './standing-badge'
import { shortAddress, standingOf, type SubscriberListRow } from '~/domain/subscriber'

export function SubscriberTable(props: {
  rows: ReadonlyArray<SubscriberListRow>
  selection: Selection
  isNarrowed: boolean
}) {
  const { rows, selection, isNarrowed } = props
  const { today, time_zone, currency, can } = useOffice()
  const format = useFormat()
  const t = useT('subscribers')

  const columns: Array<Column<SubscriberListRow>> = [
    {
      key: 'name',
      header: t('column.name'),
      sort: 'name',
      cell: (row) => <span className="block max-w-24 truncate sm:max-w-72">{row.name}</span>,
    },
    {
      key: 'account_no',
      header: t('column.account'),
      sort: 'account_no',
      isMinor: true,
      isNarrow: true,
      cell: (row) => <span className="tabular text-soft">{row.account_no}</span>,
    },
    {
      key: 'address',
      header: t('column.address'),
      sort: 'barangay',
      isMinor: true,
      cell: (row) => <span className="block max-w-56 truncate text-soft">{shortAddress(row)}</span>,
    },
    {
      key: 'plan',
      header: t('column.plan'),
      isMinor: true,
      cell: (row) => <span className="block max-w-40 truncate text-soft">{row.plan_names}</span>,
    },
    {
      key: 'status',
      header: t('column.status'),
      sort: 'status',
      cell: (row) => <StandingBadge standing={standingOf(row)} />,
    },
    {
      key: 'balance',
      header: t('column.owes'),
      sort: 'balance_minor',
      align: 'right',
      cell: (row) =>
        row.balance_minor === 0 && row.credit_minor > 0 ? (
          <Balance minor={-row.credit_minor} currency={currency} />
        ) : (
          <MoneyCell minor={row.balance_minor} currency={currency} />
        ),
    },
    {
      key: 'due',
      header: t('column.due'),
      sort: 'days_past_due',
      isMinor: true,
      isNarrow: true,
      cell: (row) =>
        row.oldest_due_on ? (
          <span className={row.days_past_due > 0 ? 'text-danger' : 'text-soft'}>
            {format.due(row.oldest_due_on, today)}
          </span>
        ) : null,
    },
    {
      key: 'paid_until',
      header: t('column.paid_until'),
      sort: 'paid_until',
      isMinor: true,
      isNarrow: true,
      cell: (row) =>
        row.paid_until ? (
          <span className="tabular text-soft">
            {formatDay(civilDay(row.paid_until, time_zone))}
          </span>
        ) : null,
    },
  ]

  return (
    <Table
      caption={t('title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/office/subscribers/${row.id}`}
      rowLabel={(row) => row.name}
      selection={selection}
      empty={isNarrowed ? <NothingFound /> : <NobodyYet canAdd={can('subscribers.manage')} />}
    />
  )
}

function NothingFound() {
  const t = useT('subscribers')
  return (
    <EmptyState icon={<Users />} title={t('none_fit')}>
      {t('none_fit_body')}
    </EmptyState>
  )
}

function NobodyYet({ canAdd }: { canAdd: boolean }) {
  const t = useT('subscribers')
  return (
    <EmptyState
      icon={<UserPlus />}
      title={t('empty')}
      actions={
        canAdd ? (
          <>
            <LinkButton to="/office/import">{t('import_file')}</LinkButton>
            <LinkButton to="/office/subscribers/new" variant="primary">
              {t('add_one')}
            </LinkButton>
          </>
        ) : undefined
      }
    >
      {t('empty_body')}
    </EmptyState>
  )
}
