import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Table } from '~/ui/base/table'
import { MoneyCell } from '~/ui/money/money'

export type EntryRow = {
  transaction_id: string
  line: number
  kind: string
  accounting_on: string
  source_kind: string
  source_id: string
  reverses: string | null
  account_name: string
  owner_kind: 'subscriber' | 'member' | null
  owner_id: string | null
  debit_minor: number
  credit_minor: number
}

export const entryKinds = [
  'invoice',
  'payment',
  'credit_applied',
  'unidentified_cash',
  'identified_cash',
  'remittance',
  'shortage',
  'overage',
  'bank_deposit',
  'credit_note',
  'refund',
  'write_off',
  'recovery',
  'withholding',
  'reversal',
  'credit_released',
  'prompt_discount',
  'deposit',
] as const

export function EntryTable({
  entries,
  empty,
}: {
  entries: ReadonlyArray<EntryRow>
  empty?: ReactNode
}) {
  const t = useT('reports')
  const format = useFormat()
  const firsts = new Set(
    entries.filter((entry, index) => entry.transaction_id !== entries[index - 1]?.transaction_id),
  )
  /** The sides of one event stand together and name it once. */
  const isFirst = (entry: EntryRow) => firsts.has(entry)

  return (
    <Table
      caption={t('ledger.caption')}
      rows={entries}
      rowKey={(entry) => `${entry.transaction_id} ${entry.line}`}
      empty={empty}
      columns={[
        {
          key: 'day',
          header: t('column.day'),
          cell: (entry) => (isFirst(entry) ? format.day(entry.accounting_on) : null),
          sort: 'accounting_on',
          isNarrow: true,
          isMinor: true,
        },
        {
          key: 'what',
          header: t('column.what'),
          cell: (entry) => (isFirst(entry) ? <Event entry={entry} /> : null),
          beneath: (entry) => (isFirst(entry) ? format.day(entry.accounting_on) : null),
        },
        { key: 'account', header: t('column.account'), cell: (entry) => <Account entry={entry} /> },
        {
          key: 'debit',
          header: t('column.debit'),
          cell: (entry) => <MoneyCell minor={entry.debit_minor} />,
          align: 'right',
        },
        {
          key: 'credit',
          header: t('column.credit'),
          cell: (entry) => <MoneyCell minor={entry.credit_minor} />,
          align: 'right',
        },
      ]}
    />
  )
}

const places: Record<string, string> = { invoice: '/office/invoices', payment: '/office/payments' }

function Event({ entry }: { entry: EntryRow }) {
  const t = useT('reports')
  const kind = entryKinds.find((known) => known === entry.kind)
  const name = kind ? t(`kind.${kind}`) : entry.kind
  const place = places[entry.source_kind]
  return (
    <>
      {place ? (
        <Link
          to={`${place}/${entry.source_id}`}
          className="font-medium text-accent-text hover:underline"
        >
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
      {entry.reverses ? <span className="block text-faint">{t('ledger.reversal')}</span> : null}
    </>
  )
}

function Account({ entry }: { entry: EntryRow }) {
  if (!entry.owner_id) return <>{entry.account_name}</>
  const place = entry.owner_kind === 'subscriber' ? 'subscribers' : 'collections/collectors'
  return (
    <Link to={`/office/${place}/${entry.owner_id}`} className="hover:underline">
      {entry.account_name}
    </Link>
  )
}
