import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { FileDown, Printer } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { env } from '~/server/env.server'
import { requireMember } from '~/server/guard.server'
import { readEffect, readPayment } from '~/server/payment-record.server'
import { Banner } from '~/ui/base/banner'
import { Button, LinkButton } from '~/ui/base/button'
import { PageHeader } from '~/ui/base/page-header'
import { useOffice } from '~/ui/office/office-context'
import { ReceiptSlip } from '~/ui/payments/receipt-slip'

export const handle = pageTexts('collections')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Receipt ${loaded?.payment.receipt_number ?? ''} · Linyada` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request)
  const record = await readPayment(db, params.paymentId ?? '')
  if (!record) throw data({ reason: 'payment_not_found' }, { status: 404, headers })

  const { payment } = record
  const [effect, { data: subscriber }] = await Promise.all([
    readEffect(db, record),
    db.from('subscribers').select('balance_minor').eq('id', payment.subscriber_id).maybeSingle(),
  ])
  const checkUrl = new URL(`/r/${payment.id}`, env().SITE_URL).href
  return data(
    { payment, effect, balance_minor: Number(subscriber?.balance_minor ?? 0), checkUrl },
    { headers },
  )
}

export default function Receipt() {
  const { payment, effect, balance_minor, checkUrl } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const office = useOffice()
  const [params] = useSearchParams()

  return (
    <>
      <div className="mx-auto max-w-md print:hidden">
        <PageHeader
          back={{ to: `/office/payments/${payment.id}`, label: t('receipt.open') }}
          title={t('receipt.title', { number: payment.receipt_number ?? '' })}
        />
        {params.has('repeated') ? (
          <Banner kind="warn" className="mb-4">
            {t('receipt.repeated')}
          </Banner>
        ) : null}
        {payment.stage === 'void' ? (
          <Banner kind="danger" className="mb-4">
            {t('receipt.void')}
          </Banner>
        ) : null}
      </div>
      <ReceiptSlip
        isp={office}
        checkUrl={checkUrl}
        receipt={{
          ...payment,
          number: payment.receipt_number ?? '—',
          subscriber_name: payment.subscriber_name ?? t('payment.unknown_subscriber'),
          account_no: payment.account_no ?? '—',
          effect,
          balance_minor,
        }}
      />
      <div className="mx-auto mt-5 flex max-w-md flex-wrap justify-center gap-2 print:hidden">
        <Button icon={<Printer />} onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
        <LinkButton to={`/office/payments/${payment.id}/receipt.pdf`} reloadDocument icon={<FileDown />}>
          {t('receipt.pdf')}
        </LinkButton>
        {office.can('payments.record') ? (
          <LinkButton variant="primary" to="/office/payments/new">
            {t('receipt.next')}
          </LinkButton>
        ) : null}
      </div>
    </>
  )
}
