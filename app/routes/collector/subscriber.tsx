import { useParams } from '@remix-run/react'
import { useCallback } from 'react'
import type { Day } from '~/domain/calendar'
import { subscriberCard } from '~/offline/view'
import type { Visit } from '~/offline/visits'
import { LinkButton } from '~/ui/base/button'
import { PaymentList } from '~/ui/collector/payment-list'
import { OpenInvoices, Reach, Services, WhatIsOwed } from '~/ui/collector/subscriber-card'
import { VisitList } from '~/ui/collector/visit-list'
import { useT } from '~/i18n/use-t'
import { PhoneComing } from '~/ui/layout/phone-coming'
import { PhoneAction, PhoneHeader } from '~/ui/layout/phone-shell'
import { takenPayment } from './payment'
import { NotOnRoute } from './not-on-route'
import { useLive, useScreen } from './screen'

const SHOWN_PAYMENTS = 5
const SHOWN_VISITS = 3

export default function SubscriberOfRoute() {
  const { id = '' } = useParams()
  return <CardScreen key={id} id={id} />
}

function CardScreen({ id }: { id: string }) {
  const { phone, today } = useScreen()
  const t = useT('collector')
  const { currency, time_zone: timeZone } = phone.profile
  const found = useLive(
    useCallback(async () => ({ card: await subscriberCard(phone, id) }), [phone, id]),
    [phone, id, today],
  )
  const back = { to: '/collector', label: t('card.back') }

  if (found === null) return <PhoneComing />
  if (found.card === null) return <NotOnRoute />
  const { subscriber, invoices, services, payments, paid, visits, ...standing } = found.card
  const promise = visits.find((visit) => visit.isOpen && visit.promisedOn !== null)
  const broken = lastBroken(visits)

  return (
    <>
      <PhoneHeader
        title={
          <span className={subscriber.name.length > 28 ? 'text-xl' : undefined}>
            {subscriber.name}
          </span>
        }
        lead={<span className="tabular">{subscriber.account_no}</span>}
        back={back}
      />
      <div className="flex flex-col gap-5 pb-20">
        <WhatIsOwed
          {...standing}
          promisedOn={promise?.promisedOn ?? null}
          broken={broken}
          today={today}
          currency={currency}
        />
        <Reach place={subscriber} fixTo="fix" />
        <Services
          services={services.map((service) => ({
            id: service.id,
            planName: service.plan_name ?? service.label ?? '',
            billingMode: service.billing_mode,
            priceMinor: service.price_minor ?? 0,
            prepaidDays: service.prepaid_days,
            isOn: service.isOn,
            reasons: service.reasons,
            paidUntil: service.paid_until,
          }))}
          today={today}
          currency={currency}
          timeZone={timeZone}
        />
        <OpenInvoices
          invoices={invoices
            .filter((invoice) => invoice.balance_minor > 0)
            .map((invoice) => ({
              id: invoice.id,
              number: invoice.number,
              period: invoice.period,
              dueOn: invoice.due_on,
              balanceMinor: invoice.balance_minor,
            }))}
          today={today}
          currency={currency}
        />
        <section>
          <h2 className="mb-1.5 text-sm font-medium text-soft">{t('card.payments')}</h2>
          {payments.length + paid.length === 0 ? (
            <p className="text-soft">{t('card.no_payments')}</p>
          ) : (
            <PaymentList
              payments={[...payments.map(takenPayment), ...paid]
                .sort((a, b) => b.receivedAt.localeCompare(a.receivedAt))
                .slice(0, SHOWN_PAYMENTS)}
              currency={currency}
              timeZone={timeZone}
              by="receipt"
            />
          )}
        </section>
        <VisitList visits={visits.slice(0, SHOWN_VISITS)} timeZone={timeZone} />
      </div>
      <PhoneAction>
        <LinkButton to="visit" size="large" className="min-w-0 flex-auto! px-3!">
          {t('card.visit')}
        </LinkButton>
        <LinkButton to="take" variant="primary" size="large" className="min-w-0 flex-auto! px-3!">
          {t('card.take')}
        </LinkButton>
      </PhoneAction>
    </>
  )
}

/** Of the promises that were not kept, the one whose day was the last. */
function lastBroken(visits: ReadonlyArray<Visit>) {
  return visits.reduce<{ on: Day; minor: number | null } | null>(
    (last, { isBroken, promisedOn, promisedMinor }) =>
      isBroken && promisedOn && (!last || promisedOn > last.on)
        ? { on: promisedOn, minor: promisedMinor }
        : last,
    null,
  )
}
