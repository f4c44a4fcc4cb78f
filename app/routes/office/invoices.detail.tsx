import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { FileDown } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readInvoice } from '~/server/invoice-record.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { KeyValue } from '~/ui/base/key-value'
import { PageHeader } from '~/ui/base/page-header'
import { AppliedPayments } from '~/ui/billing/applied-payments'
import { InvoiceHero } from '~/ui/billing/invoice-hero'
import { InvoiceHistory } from '~/ui/billing/invoice-history'
import { InvoiceLines, InvoiceTotals } from '~/ui/billing/invoice-lines'
import { InvoiceState } from '~/ui/billing/invoice-state'
import { useOffice } from '~/ui/office/office-context'

export const handle = pageTexts('billing')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Invoice ${loaded?.invoice.number ?? ''} · Linyada` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const record = await readInvoice(db, params.invoiceId)
  if (!record) throw data({ reason: 'invoice_not_found' }, { status: 404, headers })
  return data(record, { headers })
}

export default function InvoiceRecord() {
  const { invoice, lines, applied } = useLoaderData<typeof loader>()
  const t = useT('billing')
  const { time_zone, today, can } = useOffice()
  const isPayable = invoice.state === 'open' && can('payments.record')

  return (
    <>
      <PageHeader
        back={{ to: '/office/invoices', label: t('invoice.back') }}
        title={invoice.number ? t('invoice.title', { number: invoice.number }) : t('invoice.draft')}
        state={<InvoiceState invoice={invoice} />}
        lead={
          <Link to={`/office/subscribers/${invoice.subscriber_id}`} className="hover:underline">
            {invoice.subscriber_name} · {invoice.account_no}
          </Link>
        }
        actions={
          <>
            {invoice.number ? (
              <LinkButton
                to={`/office/invoices/${invoice.id}/pdf`}
                reloadDocument
                icon={<FileDown />}
              >
                {t('invoice.pdf')}
              </LinkButton>
            ) : null}
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
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <InvoiceHero invoice={invoice} today={today} />
          <Card title={t('invoice.lines')} flush>
            <InvoiceLines lines={lines} timeZone={time_zone} />
            <InvoiceTotals sums={invoice} isVoid={invoice.state === 'void'} />
          </Card>
          <Card title={t('invoice.payments')} flush>
            <AppliedPayments applied={applied} timeZone={time_zone} />
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <InvoiceFacts invoice={invoice} />
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

type Facts = {
  account_no: string
  period: string | null
  issued_on: string | null
  due_on: string | null
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
            value: invoice.issued_on ? format.day(invoice.issued_on) : null,
          },
          { key: t('column.due'), value: invoice.due_on ? format.day(invoice.due_on) : null },
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
