import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData, useNavigate } from '@remix-run/react'
import type { ReactNode } from 'react'
import { isRealDay } from '~/domain/calendar'
import { dayStart } from '~/domain/day-start'
import { recordPayment } from '~/commands/record-payment'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { readPayer } from '~/server/payer.server'
import { Banner } from '~/ui/base/banner'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { useOffice } from '~/ui/office/office-context'
import { askEffect, findSubscribers } from '~/ui/payments/ask'
import { PayerCard } from '~/ui/payments/payer-card'
import { suggestionsFor } from '~/ui/payments/suggestions'
import { TakePaymentForm } from '~/ui/payments/take-payment-form'
import { SubscriberPicker } from '~/ui/people/subscriber-picker'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Take payment · Linyada' }]

const HALF_A_DAY_MILLISECONDS = 12 * 3_600_000

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'payments.record')
  const asked = new URL(request.url).searchParams.get('subscriber')
  const payer = asked ? await readPayer(db, asked) : null
  return data(
    { paymentId: newId(), payer, isUnknown: asked !== null && payer === null },
    { headers },
  )
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'payments.record')
  const form = await formOf(request, me)
  const day = form.get('received_on')
  // Money of an earlier day came in at some hour of it; of today, it is taken now, by the ISP's own clock.
  if (typeof day === 'string' && day !== '' && day !== me.tenant.today) {
    form.set('received_at', isRealDay(day) ? noonOf(day, me.tenant.time_zone) : day)
  }
  const answer = await sendCommand(form, recordPayment.input, (payment) =>
    db.rpc(recordPayment.name, { payment }),
  )
  if (!answer.ok) return data(answer.reply, { status: 409, headers })

  const said = answer.result.duplicate ? 'repeated' : 'taken'
  return redirect(`/office/payments/${answer.result.payment_id}/receipt?${said}`, { headers })
}

function noonOf(day: string, timeZone: string) {
  return new Date(dayStart(day, timeZone).getTime() + HALF_A_DAY_MILLISECONDS).toISOString()
}

export default function TakePayment() {
  const { paymentId, payer, isUnknown } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const navigate = useNavigate()
  const t = useT('collections')
  const { time_zone, today } = useOffice()

  if (!payer) {
    return (
      <Frame>
        {isUnknown ? (
          <Banner kind="warn" className="mb-4">
            {t('take.no_subscriber')}
          </Banner>
        ) : null}
        <Card title={t('take.who')} lead={t('take.who_hint')}>
          <SubscriberPicker
            autoFocus
            find={findSubscribers}
            onPick={(subscriber) => navigate(`?subscriber=${subscriber.id}`)}
          />
        </Card>
      </Frame>
    )
  }

  return (
    <Frame>
      <PayerCard payer={payer} />
      <Card className="mt-5">
        <TakePaymentForm
          key={payer.id}
          paymentId={paymentId}
          subscriberId={payer.id}
          prepaid={payer.prepaid}
          suggestions={suggestionsFor(payer, t)}
          payable={payer.payable}
          today={today}
          timeZone={time_zone}
          ask={askEffect}
          answer={answer}
        />
      </Card>
    </Frame>
  )
}

function Frame({ children }: { children: ReactNode }) {
  const t = useT('collections')
  return (
    <div className="mx-auto max-w-xl">
      <PageHeader
        back={{ to: '/office/payments', label: t('payment.back') }}
        title={t('take.title')}
      />
      {children}
    </div>
  )
}
