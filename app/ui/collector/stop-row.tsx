import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import { CircleCheck, DoorClosed, Handshake } from 'lucide-react'
import { memo } from 'react'
import { Badge } from '~/ui/base/badge'
import type { Day } from '~/domain/calendar'
import { distanceWords } from '~/domain/map-point'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'

/** One door of the route, as a collector needs it before knocking. */
export type Stop = {
  id: string
  position: number | null
  name: string
  accountNo: string
  place: string
  owedMinor: number
  creditMinor: number
  oldestDueOn: Day | null
  /** The first day a prepaid service is not paid for. */
  paidUntilOn: Day | null
  isOn: boolean | null
  /** A prepaid service has no time left. */
  hasRunOut: boolean
  takenTodayMinor: number
  visit: { outcome: string; promisedOn: Day | null } | null
  /** From where the phone is, where that is known and asked for. */
  metres?: number | null
}

export const StopRow = memo(function StopRow(props: { stop: Stop; today: Day; currency: string }) {
  const { stop, today, currency } = props
  const t = useT('collector')

  return (
    <Link
      to={`/collector/subscribers/${stop.id}`}
      className="flex min-h-18 gap-3 px-4 py-3 hover:bg-hover active:bg-hover"
    >
      <span
        className="tabular -ml-1 w-7 shrink-0 pt-0.5 text-right text-sm whitespace-nowrap text-faint"
        aria-label={
          stop.position === null ? undefined : t('stop.position', { position: stop.position })
        }
      >
        {stop.position ?? ''}
      </span>
      {/* With large letters the sum stands beneath the name. */}
      <span className="flex min-w-0 flex-1 flex-wrap gap-x-3">
        <span className="min-w-[min(7rem,100%)] flex-1">
          <span className="line-clamp-3 leading-snug font-medium">{stop.name}</span>
          <span className="line-clamp-2 text-sm text-soft">
            <span className="tabular">{stop.accountNo}</span>
            {stop.metres == null ? null : ` · ${distanceWords(stop.metres)}`}
            {stop.place ? ` · ${stop.place}` : null}
          </span>
          <StopState stop={stop} today={today} currency={currency} />
        </span>
        <span className="ml-auto max-w-[min(11rem,100%)] text-right">
          <Owed stop={stop} currency={currency} />
        </span>
      </span>
    </Link>
  )
})

function Owed({ stop, currency }: { stop: Stop; currency: string }) {
  const t = useT('collector')

  if (stop.owedMinor > 0) {
    return (
      <span className="tabular block text-lg font-semibold">
        {formatMoney(stop.owedMinor, currency)}
      </span>
    )
  }
  const { hasRunOut } = stop
  return (
    <>
      <span
        className={clsx('block text-sm font-medium', hasRunOut ? 'text-danger' : 'text-success')}
      >
        {hasRunOut ? t('stop.ran_out') : t('stop.nothing')}
      </span>
      {stop.creditMinor > 0 ? (
        <span className="tabular block text-sm text-soft">
          {t('card.credit', { amount: formatMoney(stop.creditMinor, currency) })}
        </span>
      ) : null}
    </>
  )
}

function StopState({ stop, today, currency }: { stop: Stop; today: Day; currency: string }) {
  const t = useT('collector')
  const format = useFormat()
  const isLate = stop.oldestDueOn !== null && stop.oldestDueOn < today

  return (
    <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm empty:hidden">
      {stop.takenTodayMinor > 0 ? (
        <span className="tabular inline-flex items-center gap-1 font-medium text-success">
          <CircleCheck className="size-4" aria-hidden="true" />
          {t('stop.paid_today', { amount: formatMoney(stop.takenTodayMinor, currency) })}
        </span>
      ) : null}
      {stop.owedMinor > 0 && stop.oldestDueOn ? (
        <span className={clsx(isLate ? 'font-medium text-danger' : 'text-soft')}>
          {format.due(stop.oldestDueOn, today)}
        </span>
      ) : null}
      {stop.paidUntilOn ? (
        <span className={clsx(stop.paidUntilOn <= today ? 'font-medium text-danger' : 'text-soft')}>
          {format.timeLeft(stop.paidUntilOn, today)}
        </span>
      ) : null}
      {stop.isOn === false && !stop.hasRunOut ? (
        <Badge tone="warn">{t('stop.service_off')}</Badge>
      ) : null}
      {stop.visit ? (
        <span className="inline-flex items-center gap-1 text-soft">
          {stop.visit.promisedOn ? (
            <Handshake className="size-4" aria-hidden="true" />
          ) : (
            <DoorClosed className="size-4" aria-hidden="true" />
          )}
          {stop.visit.promisedOn
            ? t('stop.promised', { day: format.day(stop.visit.promisedOn) })
            : t(`visit.${outcomeKey(stop.visit.outcome)}`)}
        </span>
      ) : null}
    </span>
  )
}

export const visitOutcomes = ['not_home', 'promised', 'refused', 'moved', 'other'] as const
export type VisitOutcome = (typeof visitOutcomes)[number]

export function outcomeKey(outcome: string): VisitOutcome {
  return visitOutcomes.find((known) => known === outcome) ?? 'other'
}
