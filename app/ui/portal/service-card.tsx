import { civilDay } from '~/domain/calendar'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StatusBadge } from '~/ui/base/badge'
import { Money } from '~/ui/money/money'
import type { Place } from './place'
import { useReasonText } from './reason'

type Service = {
  label: string | null
  plan_name: string
  billing_mode: 'prepaid' | 'postpaid'
  price_minor: number
  state: string
  paid_until: string | null
  is_on: boolean
  reasons: ReadonlyArray<string>
  periods: ReadonlyArray<{ plan_name: string; starts_at: string; ends_at: string }>
}

/** One service: on or off, and when off, why, in words. */
export function ServiceCard({ service, place }: { service: Service; place: Place }) {
  const t = useT('portal')
  const format = useFormat()
  const reason = useReasonText()
  const until = service.paid_until

  return (
    <li className="rounded-lg border border-line bg-surface p-4 shadow-hair">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="font-medium">{service.plan_name}</p>
          {service.label ? <p className="text-sm text-soft">{service.label}</p> : null}
        </div>
        <StatusBadge tone={service.is_on ? 'success' : 'danger'}>
          {service.is_on ? t('service.on') : t('service.off')}
        </StatusBadge>
      </div>
      {service.reasons.length > 0 ? (
        <ul className="mt-3 rounded-md bg-sunken px-3 py-2">
          {service.reasons.map((text) => (
            <li key={text}>{reason(text)}</li>
          ))}
        </ul>
      ) : null}
      <p className="mt-3 text-sm text-soft">
        <Money minor={service.price_minor} currency={place.currency} />{' '}
        {service.billing_mode === 'postpaid' ? t('service.monthly') : t('service.prepaid')}
        {until ? (
          <>
            {' · '}
            {t('service.paid_until', { day: format.day(civilDay(until, place.timeZone)) })} (
            {format.timeLeft(civilDay(until, place.timeZone), place.today)})
          </>
        ) : null}
      </p>
      {service.periods.length > 1 ? (
        <ol className="mt-3 flex flex-col gap-1 border-t border-line pt-3 text-sm">
          {service.periods.map((period) => (
            <li key={period.starts_at} className="flex justify-between gap-3">
              <span>
                {t('service.period', {
                  from: format.day(civilDay(period.starts_at, place.timeZone)),
                  until: format.day(civilDay(period.ends_at, place.timeZone)),
                })}
              </span>
              <span className="text-faint">{period.plan_name}</span>
            </li>
          ))}
        </ol>
      ) : null}
    </li>
  )
}
