import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { approveVoid } from '~/commands/approve-void'
import { refuseVoid } from '~/commands/refuse-void'
import { requestVoid } from '~/commands/request-void'
import { formatMoney } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { requireMember } from '~/server/guard.server'
import { readPayment } from '~/server/payment-record.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { Stat } from '~/ui/base/stat'
import { useOffice } from '~/ui/office/office-context'
import { BoughtTime } from '~/ui/payments/bought-time'
import { AllocationTable } from '~/ui/payments/payment-effect'
import { PaymentFacts } from '~/ui/payments/payment-facts'
import { PaymentHistory } from '~/ui/payments/payment-history'
import { PaymentStage } from '~/ui/payments/payment-stage'
import { AskToVoid, DecideVoid } from '~/ui/payments/void-request'

export const handle = pageTexts('collections')
export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Receipt ${loaded?.payment.receipt_number ?? ''} · Linyada` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'payments.read')
  const record = await readPayment(db, params.paymentId)
  if (!record) throw data({ reason: 'payment_not_found' }, { status: 404, headers })
  return data({ ...record, memberId: me.actor_id }, { headers })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, headers } = await requireMember(request)
  const form = await request.formData()
  form.set('payment_id', params.paymentId ?? '')
  const answer = await send(form)
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })

  function send(input: FormData) {
    switch (input.get('intent')) {
      case 'approve_void':
        return sendCommand(input, approveVoid.input, (value) => db.rpc(approveVoid.name, value))
      case 'refuse_void':
        return sendCommand(input, refuseVoid.input, (value) => db.rpc(refuseVoid.name, value))
      default:
        return sendCommand(input, requestVoid.input, (value) => db.rpc(requestVoid.name, value))
    }
  }
}

export default function PaymentRecord() {
  const { payment, allocations, periods, voids, memberId } = useLoaderData<typeof loader>()
  const t = useT('collections')
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
        state={<PaymentStage stage={payment.stage} />}
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
            {!isVoid && !openVoid && can('payments.request_void') ? (
              <AskToVoid payment={payment} action={action} />
            ) : null}
            <LinkButton to={`/office/payments/${payment.id}/receipt`}>
              {t('payment.receipt')}
            </LinkButton>
          </>
        }
      />
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
