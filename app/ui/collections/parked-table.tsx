import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Parked } from '~/domain/parked'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { Table } from '~/ui/base/table'
import { useOffice } from '~/ui/office/office-context'
import { commandNames, parkedReasons } from './command-words'
import { SettleDialog } from './settle-dialog'

/** What phones sent that could not be done as it stands, with what it was and what became of it. */
export function ParkedTable(props: { rows: ReadonlyArray<Parked>; empty: ReactNode }) {
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <Table
      caption={t('parked.caption')}
      rows={props.rows}
      rowKey={(row) => row.id}
      empty={props.empty}
      columns={[
        {
          key: 'what',
          header: t('parked.column.what'),
          cell: (row) => (
            <>
              <What row={row} />
              <span className="block text-faint">
                {t('parked.by', { name: row.member_name, code: row.device_code })}
              </span>
            </>
          ),
          sort: 'member_name',
        },
        { key: 'why', header: t('parked.column.why'), cell: (row) => <Why row={row} /> },
        {
          key: 'received',
          header: t('parked.column.received'),
          cell: (row) => (
            <>
              {format.instant(row.received_at, time_zone)}
              <span className="block text-faint">
                {t('parked.happened', { at: format.instant(row.happened_at, time_zone) })}
              </span>
            </>
          ),
          sort: 'received_at',
          isMinor: true,
          isNarrow: true,
        },
        {
          key: 'state',
          header: t('parked.column.state'),
          cell: (row) => <Outcome row={row} />,
          align: 'right',
        },
      ]}
    />
  )
}

function What({ row }: { row: Parked }) {
  const t = useT('collections')
  const { currency } = useOffice()
  const name = commandNames.find((known) => known === row.name)
  const isCash = row.name === 'record_payment' && row.amount_minor !== null
  const words = isCash
    ? t('parked.cash', { amount: formatMoney(row.amount_minor ?? 0, currency) })
    : name
      ? t(`parked.name.${name}`)
      : row.name
  if (!row.payment_stage) return <span className="font-medium">{words}</span>
  return (
    <Link
      to={`/office/payments/${row.id}`}
      className="font-medium text-accent-text hover:underline"
    >
      {words}
    </Link>
  )
}

function Why({ row }: { row: Parked }) {
  const t = useT('collections')
  const reason = parkedReasons.find((known) => known === row.reason)
  return (
    <>
      {reason ? t(`reason.${reason}`) : row.reason.replaceAll('_', ' ')}
      <span className="block text-faint">
        {[
          row.receipt_number ? t('parked.receipt', { number: row.receipt_number }) : null,
          row.subscriber_name
            ? t('parked.for', { name: row.subscriber_name, account: row.account_no ?? '' })
            : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <details>
        <summary className="cursor-pointer text-accent-text hover:underline">
          {t('parked.content')}
        </summary>
        <pre className="mt-2 max-w-96 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
          {JSON.stringify(row.input, null, 2)}
        </pre>
      </details>
    </>
  )
}

function Outcome({ row }: { row: Parked }) {
  const t = useT('collections')
  const format = useFormat()
  const { time_zone, can } = useOffice()
  if (!row.settled_at || !row.decision) {
    return can('collections.settle') ? (
      <SettleDialog parked={row} />
    ) : (
      <StatusBadge tone="warn">{t('parked.waiting')}</StatusBadge>
    )
  }
  return (
    <span className="block whitespace-normal">
      <StatusBadge tone={row.decision === 'closed' ? 'neutral' : 'success'}>
        {t(`parked.decision.${row.decision}`)}
      </StatusBadge>
      <span className="block text-faint">
        {t('parked.settled_by', {
          name: row.settled_by_name ?? '—',
          at: format.instant(row.settled_at, time_zone),
        })}
      </span>
      {row.settled_note ? <span className="block text-soft">“{row.settled_note}”</span> : null}
    </span>
  )
}
