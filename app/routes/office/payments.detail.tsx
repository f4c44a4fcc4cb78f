import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { readApprovalLimit, readCorrections, sendCorrection } from '~/server/corrections.server'
import { doublesOf } from '~/server/doubles.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { readPayment } from '~/server/payment-record.server'
import { Banner } from '~/ui/base/banner'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { Stat } from '~/ui/base/stat'
import { PaymentCorrections } from '~/ui/corrections/payment-corrections'
import { ReceiveCertificate } from '~/ui/corrections/receive-certificate'
import { RefundList } from '~/ui/corrections/refund-list'
import { WaitingBanners } from '~/ui/corrections/waiting-banners'
import { useOffice } from '~/ui/office/office-context'
import { BoughtTime } from '~/ui/payments/bought-time'
import { AllocationTable } from '~/ui/payments/payment-effect'
import { PaymentFacts } from '~/ui/payments/payment-facts'
import { PaymentHistory } from '~/ui/payments/payment-history'
import { PaymentStage } from '~/ui/payments/payment-stage'
import { AskToVoid, DecideVoid } from '~/ui/payments/void-request'

export const handle = pageTexts('collections', 'corrections', 'oversight')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Receipt ${loaded?.payment.receipt_number ?? ''} · Linyada` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'payments.read')
  const record = await readPayment(db, params.paymentId)
  if (!record) throw data({ reason: 'payment_not_found' }, { status: 404, headers })
  const [requests, limitMinor, doubles] = await Promise.all([
    readCorrections(db, 'payment_id', record.payment.id),
    readApprovalLimit(db),
    doublesOf(db, record.payment.id),
  ])
  return data(
    { ...record, requests, limitMinor, doubles, correctionId: newId(), memberId: me.actor_id },
    { headers },
  )
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  const form = await formOf(request, me)
  form.set('payment_id', params.paymentId ?? '')
  const { isDone, reply } = await sendCorrection(db, form)
  return data(reply, { status: isDone ? 200 : 409, headers })
}

export default function PaymentRecord() {
  const record = useLoaderData<typeof loader>()
  const { payment, allocations, periods, voids, refunds, memberId } = record
  const t = useT('collections')
  const corrections = useT('corrections')
  const oversight = useT('oversight')
  const { can } = useOffice()
  const openVoid = voids.find((request) => request.state === 'open')
  const isVoid = payment.stage === 'void'
  const action = `/office/payments/${payment.id}`

  return (
    <>
      <PageHeader
        back={{ to: '/office/payments', label: t('payment.back') }}
        title={
          payment.receipt_number
            ? t('payment.title', { number: payment.receipt_number })
            : t('payment.no_number')
        }
        state={<PaymentStage stage={payment.stage} voidKind={payment.void_kind} />}
        lead={
          payment.subscriber_id ? (
            <Link to={`/office/subscribers/${payment.subscriber_id}`} className="hover:underline">
              {payment.subscriber_name} · {payment.account_no}
            </Link>
          ) : (
            t('payment.unknown_subscriber')
          )
        }
        actions={
          <>
            <PaymentCorrections
              payment={payment}
              correctionId={record.correctionId}
              limitMinor={record.limitMinor}
              boughtTime={periods.some((period) => period.cancelled_at === null)}
            />
            {payment.stage === 'posted' &&
            payment.refunded_minor === 0 &&
            !openVoid &&
            can('payments.request_void') ? (
              <AskToVoid payment={payment} action={action} />
            ) : null}
            <LinkButton to={`/office/payments/${payment.id}/receipt`}>
              {t('payment.receipt')}
            </LinkButton>
          </>
        }
      />
      <OtherPosting payment={payment} />
      {record.doubles.length > 0 ? (
        <Banner
          kind="warn"
          className="mb-5"
          actions={
            <LinkButton
              size="small"
              to={`/office/collections/doubles?q=${encodeURIComponent(payment.receipt_number ?? payment.account_no ?? '')}`}
            >
              {oversight('double.banner_link')}
            </LinkButton>
          }
        >
          {oversight('double.banner', { count: record.doubles.length })}
        </Banner>
      ) : null}
      {record.certificate?.state === 'pending' ? (
        <Banner
          kind="info"
          className="mb-5"
          actions={
            <ReceiveCertificate
              paymentId={payment.id}
              subscriberName={payment.subscriber_name ?? ''}
              action={action}
            />
          }
        >
          {corrections('certificate.pending')}
        </Banner>
      ) : null}
      <WaitingBanners requests={record.requests} memberId={memberId} />
      {openVoid ? (
        <div className="mb-5">
          <DecideVoid
            request={openVoid}
            isOwn={openVoid.requested_by === memberId}
            amount_minor={payment.amount_minor}
            mayDecide={can('payments.approve_void')}
            action={action}
          />
        </div>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <Stat
              size="hero"
              label={isVoid ? t('stage.void') : t('payment.amount')}
              value={
                <span className={isVoid ? 'line-through' : ''}>
                  {formatMoney(payment.amount_minor)}
                </span>
              }
            />
          </Card>
          <Card title={t('payment.allocations')} flush>
            <AllocationTable allocations={allocations} />
          </Card>
          {periods.length > 0 ? <BoughtTime periods={periods} /> : null}
          <RefundList refunds={refunds} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <PaymentFacts payment={payment} />
          <Card title={t('payment.history')}>
            <PaymentHistory payment={payment} voids={voids} />
          </Card>
        </div>
      </div>
    </>
  )
}

/** Where the money went, or came from, when it was posted to another subscriber first. */
function OtherPosting(props: { payment: { goes_on_as: string | null; void_of: string | null } }) {
  const t = useT('corrections')
  const { goes_on_as, void_of } = props.payment
  const other = goes_on_as ?? void_of
  if (!other) return null
  return (
    <Banner
      kind="info"
      className="mb-5"
      actions={
        <LinkButton size="small" to={`/office/payments/${other}`}>
          {t('payment.open_other')}
        </LinkButton>
      }
    >
      {goes_on_as ? t('payment.goes_on') : t('payment.comes_from')}
    </Banner>
  )
}
