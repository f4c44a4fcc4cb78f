import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { FileDown } from 'lucide-react'
import { formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { readApprovalLimit, readCorrections, sendCorrection } from '~/server/corrections.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { readInvoice } from '~/server/invoice-record.server'
import { newId } from '~/server/new-id.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { PageHeader } from '~/ui/base/page-header'
import { AppliedPayments } from '~/ui/billing/applied-payments'
import { InvoiceHero } from '~/ui/billing/invoice-hero'
import { InvoiceHistory } from '~/ui/billing/invoice-history'
import { InvoiceLines, InvoiceTotals } from '~/ui/billing/invoice-lines'
import { InvoiceState } from '~/ui/billing/invoice-state'
import { OfferNote } from '~/ui/billing/offer-note'
import { InvoiceCorrections } from '~/ui/corrections/invoice-corrections'
import { WaitingBanners } from '~/ui/corrections/waiting-banners'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('billing', 'corrections')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Invoice ${loaded?.invoice.number ?? ''} · Linyada` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const record = await readInvoice(db, params.invoiceId)
  if (!record) throw data({ reason: 'invoice_not_found' }, { status: 404, headers })
  const [requests, limitMinor] = await Promise.all([
    readCorrections(db, 'invoice_id', record.invoice.id),
    readApprovalLimit(db),
  ])
  return data(
    { ...record, requests, limitMinor, correctionId: newId(), memberId: me.actor_id },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const { isDone, reply } = await sendCorrection(db, await formOf(request, me))
  return data(reply, { status: isDone ? 200 : 409, headers })
}

export default function InvoiceRecord() {
  const record = useLoaderData<typeof loader>()
  const { invoice, lines, applied, notes, requests, memberId } = record
  const t = useT('billing')
  const { time_zone, today, can } = useOffice()
  const isPayable = invoice.state === 'open' && can('payments.record')

  return (
    <>
      <PageHeader
        back={{ to: '/office/invoices', label: t('invoice.back') }}
        title={t('invoice.title', { number: invoice.number })}
        state={<InvoiceState invoice={invoice} />}
        lead={
          <Link to={`/office/subscribers/${invoice.subscriber_id}`} className="hover:underline">
            {invoice.subscriber_name} · {invoice.account_no}
          </Link>
        }
        actions={
          <>
            <LinkButton
              to={`/office/invoices/${invoice.id}/pdf`}
              reloadDocument
              icon={<FileDown />}
            >
              {t('invoice.pdf')}
            </LinkButton>
            <InvoiceCorrections
              invoice={invoice}
              correctionId={record.correctionId}
              creditMinor={record.creditMinor}
              limitMinor={record.limitMinor}
              isSaleOfTime={lines.some(({ kind }) => kind === 'prepaid_time')}
            />
            {isPayable ? (
              <LinkButton
                variant="primary"
                to={`/office/payments/new?subscriber=${invoice.subscriber_id}`}
              >
                {t('invoice.pay')}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <WaitingBanners requests={requests} memberId={memberId} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <InvoiceHero invoice={invoice} today={today} />
          {record.offers.map((offer) => (
            <OfferNote key={offer.id} offer={offer} />
          ))}
          <Card title={t('invoice.lines')} flush>
            <InvoiceLines lines={lines} timeZone={time_zone} />
            <InvoiceTotals
              sums={invoice}
              isVoid={invoice.state === 'void'}
              lostMinor={record.writeOffs.reduce((sum, lost) => sum + lost.amount_minor, 0)}
            />
          </Card>
          <Card title={t('invoice.payments')} flush>
            <AppliedPayments applied={applied} timeZone={time_zone} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <InvoiceFacts invoice={invoice} />
          <Corrected notes={notes} writeOffs={record.writeOffs} />
          <Card title={t('invoice.history')}>
            <InvoiceHistory
              invoice={invoice}
              applied={applied}
              timeZone={time_zone}
              today={today}
            />
          </Card>
        </div>
      </div>
    </>
  )
}

/** The papers that lowered it after it was issued. */
function Corrected(props: {
  notes: ReadonlyArray<{ id: string; number: string; total_minor: number; issued_on: string }>
  writeOffs: ReadonlyArray<{ id: string; amount_minor: number; recovered_minor: number }>
}) {
  const t = useT('corrections')
  const format = useFormat()
  if (props.notes.length === 0 && props.writeOffs.length === 0) return null
  return (
    <Card title={t('invoice.notes')}>
      <ul className="divide-y divide-line">
        {props.notes.map((note) => (
          <li key={note.id} className="flex justify-between gap-4 py-2">
            <span>
              <Link
                to={`/office/credit-notes/${note.id}`}
                className="font-medium text-accent-text hover:underline"
              >
                {note.number}
              </Link>
              <span className="block text-sm text-faint">{format.day(note.issued_on)}</span>
            </span>
            <Money minor={note.total_minor} />
          </li>
        ))}
        {props.writeOffs.map((lost) => (
          <li key={lost.id} className="py-2">
            {t('invoice.written_off', {
              amount: formatMoney(lost.amount_minor),
              recovered: formatMoney(lost.recovered_minor),
            })}
          </li>
        ))}
      </ul>
    </Card>
  )
}

type Facts = {
  account_no: string
  period: string | null
  issued_on: string
  due_on: string
  run_id: string | null
  void_reason: string | null
}

function InvoiceFacts({ invoice }: { invoice: Facts }) {
  const t = useT('billing')
  const format = useFormat()
  return (
    <Card title={t('invoice.facts')}>
      <KeyValue
        items={[
          { key: t('invoice.account'), value: invoice.account_no },
          { key: t('column.period'), value: invoice.period ? format.month(invoice.period) : null },
          {
            key: t('invoice.issued'),
            value: format.day(invoice.issued_on),
          },
          { key: t('column.due'), value: format.day(invoice.due_on) },
          invoice.run_id !== null && {
            key: t('invoice.run'),
            value: (
              <Link
                to={`/office/billing/runs/${invoice.run_id}`}
                className="text-accent-text hover:underline"
              >
                {invoice.period ? format.month(invoice.period) : t('run.open')}
              </Link>
            ),
          },
          invoice.void_reason !== null && {
            key: t('invoice.void_reason'),
            value: invoice.void_reason,
          },
        ]}
      />
    </Card>
  )
}
