import { clsx } from 'clsx'
import { CircleCheck, DoorClosed, Handshake } from 'lucide-react'
import { memo } from 'react'
import { Badge } from '~/ui/base/badge'
import type { Day } from '~/domain/calendar'
import { distanceWords } from '~/domain/map-point'
import { formatMoney } from '~/i18n/format'
import type { Say } from '~/i18n/speech'
import type { Format } from '~/i18n/use-format'

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

type RowProps = {
  stop: Stop
  today: Day
  currency: string
  /** From the list, once for all its rows. */
  t: Say<'collector'>
  format: Format
}

/** A plain link, which the list follows: drawing nine of them at a key must not take a slow phone long. */
export const StopRow = memo(function StopRow({ stop, today, currency, t, format }: RowProps) {
  return (
    <a
      href={`/collector/subscribers/${stop.id}`}
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
          <span className="tabular line-clamp-2 text-sm text-soft">{whereabouts(stop)}</span>
          {stateOf({ stop, today, currency, t, format })}
        </span>
        <span className="ml-auto max-w-[min(11rem,100%)] text-right">
          {owed({ stop, currency, t })}
        </span>
      </span>
    </a>
  )
})

function whereabouts({ accountNo, metres, place }: Stop) {
  const parts = [accountNo, metres == null ? '' : distanceWords(metres), place]
  return parts.filter((part) => part !== '').join(' · ')
}

function owed({ stop, currency, t }: Pick<RowProps, 'stop' | 'currency' | 't'>) {
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

function stateOf({ stop, today, currency, t, format }: RowProps) {
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
