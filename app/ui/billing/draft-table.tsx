import type { ReactNode } from 'react'
import { civilDay } from '~/domain/calendar'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Table } from '~/ui/base/table'
import { MoneyCell } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

type DraftRow = {
  id: string
  subscriber_name: string
  account_no: string
  lines: ReadonlyArray<{ description: string }>
  total_minor: number
  created_at: string
  created_by_name: string | null
  state: 'draft' | 'issued' | 'discarded'
  invoice_number: string | null
}

const tones = { draft: 'neutral', issued: 'success', discarded: 'neutral' } as const

export function DraftTable({
  drafts,
  empty,
}: {
  drafts: ReadonlyArray<DraftRow>
  empty: ReactNode
}) {
  const t = useT('billing')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <Table
      caption={t('drafts.title')}
      rows={drafts}
      rowKey={(draft) => draft.id}
      rowHref={(draft) => `/office/invoices/drafts/${draft.id}`}
      empty={empty}
      columns={[
        {
          key: 'subscriber',
          header: t('column.subscriber'),
          sort: 'subscriber_name',
          cell: (draft) => (
            <>
              <span className="line-clamp-2">{draft.subscriber_name}</span>
              <span className="text-faint">{draft.account_no}</span>
            </>
          ),
        },
        {
          key: 'for',
          header: t('column.description'),
          isMinor: true,
          cell: (draft) => (
            <span className="line-clamp-2">
              {draft.lines.map(({ description }) => description).join(', ')}
            </span>
          ),
        },
        {
          key: 'written',
          header: t('drafts.written'),
          sort: 'created_at',
          isMinor: true,
          isNarrow: true,
          cell: (draft) => (
            <>
              {format.day(civilDay(draft.created_at, time_zone))}
              <span className="block text-faint">{draft.created_by_name}</span>
            </>
          ),
        },
        {
          key: 'state',
          header: t('column.state'),
          cell: (draft) => (
            <Badge tone={tones[draft.state]}>
              {draft.invoice_number ?? t(`drafts.state.${draft.state}`)}
            </Badge>
          ),
        },
        {
          key: 'total',
          header: t('column.total'),
          sort: 'total_minor',
          align: 'right',
          cell: (draft) => <MoneyCell minor={draft.total_minor} className="font-medium" />,
        },
      ]}
    />
  )
}
