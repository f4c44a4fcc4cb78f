import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { FileDown } from 'lucide-react'
import { formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { readCreditNote } from '~/server/credit-notes.server'
import { requireMember } from '~/server/guard.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { PageHeader } from '~/ui/base/page-header'
import { Stat } from '~/ui/base/stat'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'

export const handle = pageTexts('corrections')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Credit note ${loaded?.note.number ?? ''} · Linyada` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const record = await readCreditNote(db, params.noteId)
  if (!record) throw data({ reason: 'credit_note_not_found' }, { status: 404, headers })
  return data(record, { headers })
}

export default function CreditNoteRecord() {
  const { note, lines, asked } = useLoaderData<typeof loader>()
  const t = useT('corrections')
  const format = useFormat()

  return (
    <>
      <PageHeader
        back={{ to: '/office/credit-notes', label: t('note.back') }}
        title={t('note.title', { number: note.number })}
        lead={
          <Link to={`/office/subscribers/${note.subscriber_id}`} className="hover:underline">
            {note.subscriber_name} · {note.account_no}
          </Link>
        }
        actions={
          <LinkButton to={`/office/credit-notes/${note.id}/pdf`} reloadDocument icon={<FileDown />}>
            {t('note.pdf')}
          </LinkButton>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <Stat
              size="hero"
              label={t('note.amount')}
              value={<Money minor={note.total_minor} />}
              hint={note.reason}
            />
          </Card>
          <Card title={t('note.lines')} flush>
            <Table
              caption={t('note.lines_caption')}
              isSticky={false}
              rows={lines}
              rowKey={(line) => line.id}
              columns={[
                {
                  key: 'description',
                  header: t('column.what'),
                  cell: (line) => <span className="font-medium">{line.description}</span>,
                },
                {
                  key: 'amount',
                  header: t('column.amount'),
                  align: 'right',
                  cell: (line) => <Money minor={line.total_minor} />,
                },
              ]}
              totals={{ amount: <Money minor={note.total_minor} /> }}
            />
          </Card>
        </div>
        <Card title={t('note.facts')}>
          <KeyValue
            items={[
              {
                key: t('notes.column.invoice'),
                value: (
                  <Link
                    to={`/office/invoices/${note.invoice_id}`}
                    className="text-accent-text hover:underline"
                  >
                    {note.invoice_number}
                  </Link>
                ),
              },
              { key: t('notes.column.issued'), value: format.day(note.issued_on) },
              { key: t('notes.column.net'), value: formatMoney(note.net_minor) },
              { key: t('notes.column.vat'), value: formatMoney(note.vat_minor) },
              asked?.decided_by_name
                ? { key: t('note.asked_by'), value: asked.asked_by_name }
                : { key: t('note.by'), value: note.created_by_name ?? asked?.asked_by_name ?? '—' },
              asked?.decided_by_name
                ? { key: t('note.approved_by'), value: asked.decided_by_name }
                : null,
            ]}
          />
        </Card>
      </div>
    </>
  )
}
