import type { ReactNode } from 'react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { Money, MoneyCell } from '~/ui/money/money'

type Note = {
  id: string
  number: string
  invoice_number: string
  subscriber_name: string
  account_no: string
  issued_on: string
  reason: string
  net_minor: number
  vat_minor: number
  total_minor: number
}

export function CreditNoteTable(props: { notes: ReadonlyArray<Note>; empty: ReactNode }) {
  const t = useT('corrections')
  const format = useFormat()
  return (
    <Table
      caption={t('notes.caption')}
      rows={props.notes}
      rowKey={(note) => note.id}
      rowHref={(note) => `/office/credit-notes/${note.id}`}
      empty={props.empty}
      columns={[
        {
          key: 'number',
          header: t('notes.column.number'),
          sort: 'number',
          isNarrow: true,
          cell: (note) => <span className="font-medium">{note.number}</span>,
        },
        {
          key: 'subscriber',
          header: t('column.subscriber'),
          sort: 'subscriber_name',
          cell: (note) => (
            <>
              <span className="line-clamp-2">{note.subscriber_name}</span>
              <span className="text-faint">{note.account_no}</span>
            </>
          ),
        },
        {
          key: 'issued',
          header: t('notes.column.issued'),
          sort: 'issued_on',
          isNarrow: true,
          isMinor: true,
          cell: (note) => format.day(note.issued_on),
        },
        {
          key: 'invoice',
          header: t('notes.column.invoice'),
          isMinor: true,
          isNarrow: true,
          cell: (note) => note.invoice_number,
        },
        {
          key: 'reason',
          header: t('column.reason'),
          isMinor: true,
          cell: (note) => <span className="line-clamp-2">{note.reason}</span>,
        },
        {
          key: 'vat',
          header: t('notes.column.vat'),
          align: 'right',
          isMinor: true,
          cell: (note) => <MoneyCell minor={note.vat_minor} />,
        },
        {
          key: 'total',
          header: t('notes.column.total'),
          sort: 'total_minor',
          align: 'right',
          cell: (note) => <Money minor={note.total_minor} className="font-medium" />,
        },
      ]}
    />
  )
}
