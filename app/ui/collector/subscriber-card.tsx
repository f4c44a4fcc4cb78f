import { Link } from '@remix-run/react'
import { CalendarX2, Handshake, MapPin, Navigation, PencilLine, Phone } from 'lucide-react'
import { clsx } from 'clsx'
import type { Day } from '~/domain/calendar'
import { civilDay } from '~/domain/calendar'
import { StatusBadge } from '~/ui/base/badge'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { directionsTo } from './directions'

export type CardService = {
  id: string
  planName: string
  billingMode: 'prepaid' | 'postpaid'
  priceMinor: number
  prepaidDays: number | null
  isOn: boolean
  reasons: ReadonlyArray<string>
  paidUntil: string | null
}

export type CardInvoice = {
  id: string
  number: string | null
  period: string | null
  dueOn: Day
  balanceMinor: number
}

export type CardPlace = {
  address: string
  landmark: string | null
  latitude: number | null
  longitude: number | null
  phone: string | null
}

/** The one number of the card, and since when. */
export function WhatIsOwed(props: {
  owedMinor: number
  creditMinor: number
  oldestDueOn: Day | null
  promisedOn: Day | null
  /** The last promise that was not kept. */
  broken: { on: Day; minor: number | null } | null
  today: Day
  currency: string
}) {
  const { owedMinor, creditMinor, oldestDueOn, promisedOn, broken, today, currency } = props
  const t = useT('collector')
  const format = useFormat()
  const isLate = oldestDueOn !== null && oldestDueOn < today

  return (
    <section className="rounded-lg border border-line bg-surface px-5 py-4">
      <p className="text-soft">{owedMinor > 0 ? t('card.owes') : t('card.owes_nothing')}</p>
      <p className="tabular mt-0.5 text-[min(2.5rem,11vw)] leading-tight font-semibold tracking-tight">
        {formatMoney(owedMinor, currency)}
      </p>
      {owedMinor > 0 && oldestDueOn ? (
        <p className={clsx('mt-1', isLate ? 'font-medium text-danger' : 'text-soft')}>
          {t(isLate ? 'card.since' : 'card.due', {
            day: format.day(oldestDueOn),
            due: format.due(oldestDueOn, today),
          })}
        </p>
      ) : null}
      {promisedOn ? (
        <p className="mt-1 flex items-center gap-1.5 font-medium">
          <Handshake className="size-4 shrink-0" aria-hidden="true" />
          {t('stop.promised', { day: format.day(promisedOn) })}
        </p>
      ) : null}
      {broken ? (
        <p className="mt-1 flex items-start gap-1.5 font-medium text-warn">
          <CalendarX2 className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          {t(broken.minor === null ? 'card.broken' : 'card.broken_amount', {
            day: format.day(broken.on),
            amount: formatMoney(broken.minor ?? 0, currency),
          })}
        </p>
      ) : null}
      {creditMinor > 0 ? (
        <p className="tabular mt-1 text-success">
          {t('card.credit', { amount: formatMoney(creditMinor, currency) })}
        </p>
      ) : null}
    </section>
  )
}

/** How to reach the person and the house. Each link is a thumb wide. */
export function Reach({ place, fixTo }: { place: CardPlace; fixTo: string }) {
  const t = useT('collector')
  const hasLocation = place.latitude !== null && place.longitude !== null
  const spot = `${place.latitude},${place.longitude}`
  const look =
    'flex min-h-13 min-w-0 items-center justify-center gap-2 rounded-md border border-line-strong bg-surface px-2 font-medium active:bg-hover'

  return (
    <section className="flex flex-col gap-3">
      <p className="flex flex-wrap items-start gap-2 text-soft">
        <MapPin className="mt-0.5 size-5 shrink-0" aria-hidden="true" />
        <span className="min-w-[min(8rem,80%)] flex-1">
          {place.address || t('card.no_address')}
          {place.landmark ? <span className="block text-ink">{place.landmark}</span> : null}
        </span>
        <Link
          to={fixTo}
          className="-my-3 -mr-2 ml-auto inline-flex min-h-12 shrink-0 items-center gap-1.5 px-2 font-medium text-accent-text"
        >
          <PencilLine className="size-4" aria-hidden="true" />
          {t('fix.title')}
        </Link>
      </p>
      {place.phone || hasLocation ? (
        <div className="flex flex-wrap gap-2">
          {place.phone ? (
            <a
              href={`tel:${place.phone.replace(/[^\d+]/g, '')}`}
              className={clsx(look, 'grow-[3] basis-36')}
            >
              <Phone className="size-5 shrink-0" aria-hidden="true" />
              <span className="tabular truncate">
                <span className="sr-only">{t('card.call')} </span>
                {place.phone}
              </span>
            </a>
          ) : null}
          {hasLocation ? (
            <a href={directionsTo(spot)} className={clsx(look, 'grow-[2] basis-28')}>
              <Navigation className="size-5 shrink-0" aria-hidden="true" />
              {t('card.directions')}
            </a>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}

export function Services(props: {
  services: ReadonlyArray<CardService>
  today: Day
  currency: string
  timeZone: string
}) {
  const { services, today, currency, timeZone } = props
  const t = useT('collector')
  const reasonIn = (reason: string) =>
    reason === 'unpaid' || reason === 'paused' ? t(`card.off_${reason}`) : reason
  const format = useFormat()
  if (services.length === 0) return null

  return (
    <CardSection title={t('card.services')}>
      {services.map((service) => (
        <li key={service.id} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-3">
          <span className="min-w-[min(8rem,100%)] flex-1">
            <span className="block font-medium">{service.planName}</span>
            <span className="tabular block text-sm text-soft">
              {service.billingMode === 'prepaid'
                ? t('card.price_prepaid', {
                    amount: formatMoney(service.priceMinor, currency),
                    count: service.prepaidDays ?? 30,
                  })
                : t('card.price_monthly', { amount: formatMoney(service.priceMinor, currency) })}
            </span>
            {service.billingMode === 'prepaid' ? (
              <span className="tabular block text-sm">
                {service.paidUntil
                  ? t('card.paid_until', {
                      when: format.instant(service.paidUntil, timeZone),
                      left: format.timeLeft(civilDay(service.paidUntil, timeZone), today),
                    })
                  : t('card.never_paid')}
              </span>
            ) : null}
            {service.isOn || service.reasons.length === 0 ? null : (
              <span className="block text-sm text-soft">
                {service.reasons.map(reasonIn).join(', ')}
              </span>
            )}
          </span>
          <StatusBadge tone={service.isOn ? 'success' : 'danger'}>
            {service.isOn ? t('card.service_on') : t('card.service_off')}
          </StatusBadge>
        </li>
      ))}
    </CardSection>
  )
}

export function OpenInvoices(props: {
  invoices: ReadonlyArray<CardInvoice>
  today: Day
  currency: string
}) {
  const { invoices, today, currency } = props
  const t = useT('collector')
  const common = useT('common')
  const format = useFormat()
  if (invoices.length === 0) return null

  return (
    <CardSection title={t('card.invoices')}>
      {invoices.map((invoice) => (
        <li
          key={invoice.id}
          className="flex flex-wrap items-start justify-between gap-x-3 px-4 py-3"
        >
          <span className="min-w-0">
            <span className="block font-medium">
              {invoice.period
                ? format.month(invoice.period)
                : common('applies.invoice', { number: invoice.number ?? '' })}
            </span>
            <span
              className={clsx('block text-sm', invoice.dueOn < today ? 'text-danger' : 'text-soft')}
            >
              {format.due(invoice.dueOn, today)}
            </span>
          </span>
          <span className="tabular ml-auto font-semibold">
            {formatMoney(invoice.balanceMinor, currency)}
          </span>
        </li>
      ))}
    </CardSection>
  )
}

export function CardSection(props: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h2 className="mb-1.5 text-sm font-medium text-soft">{props.title}</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {props.children}
      </ul>
    </section>
  )
}
