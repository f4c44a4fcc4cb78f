import type { ReactNode } from 'react'
import type { LateInvoice } from '~/domain/dunning'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { MoneyCell } from '~/ui/money/money'
import { NextStep, StageBadge } from './stage-badge'

/** Who is late, how far the calendar is, and what comes next. */
export function LateTable(props: {
  rows: ReadonlyArray<LateInvoice>
  today: string
  empty: ReactNode
}) {
  const { rows, today, empty } = props
  const t = useT('dunning')
  const format = useFormat()

  return (
    <Table
      caption={t('caption')}
      rows={rows}
      rowKey={(late) => late.id}
      rowHref={(late) => `/office/subscribers/${late.subscriber_id}/standing`}
      empty={empty}
      columns={[
        {
          key: 'subscriber',
          header: t('column.subscriber'),
          sort: 'subscriber_name',
          beneath: (late) => <NextStep step={late} />,
          cell: (late) => (
            <>
              <span className="line-clamp-2">{late.subscriber_name}</span>
              <span className="text-faint">{late.account_no}</span>
            </>
          ),
        },
        {
          key: 'stage',
          header: t('column.stage'),
          sort: 'since_on',
          isNarrow: true,
          cell: (late) => (
            <>
              <StageBadge stage={late.stage} />
              {late.since_on ? (
                <span className="block text-sm text-faint">
                  {t('stage.since', { day: format.day(late.since_on) })}
                </span>
              ) : null}
            </>
          ),
        },
        {
          key: 'invoice',
          header: t('column.invoice'),
          isMinor: true,
          isNarrow: true,
          cell: (late) => late.number,
        },
        {
          key: 'due',
          header: t('column.due'),
          sort: 'due_on',
          isMinor: true,
          isNarrow: true,
          cell: (late) => (
            <>
              {format.day(late.due_on)}
              <span className="block text-faint">{format.due(late.due_on, today)}</span>
            </>
          ),
        },
        {
          key: 'next',
          header: t('column.next'),
          sort: 'next_on',
          isMinor: true,
          cell: (late) => <NextStep step={late} />,
        },
        {
          key: 'promise',
          header: t('column.promise'),
          sort: 'promised_on',
          isMinor: true,
          isNarrow: true,
          cell: (late) => (late.promised_on ? format.day(late.promised_on) : '—'),
        },
        {
          key: 'open',
          header: t('column.open'),
          sort: 'open_minor',
          align: 'right',
          cell: (late) => <MoneyCell minor={late.open_minor} className="font-medium" />,
        },
      ]}
    />
  )
}
