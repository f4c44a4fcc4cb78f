import type { Day } from '~/domain/calendar'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { outcomeKey } from './stop-row'

export type PastVisit = {
  id: string
  outcome: string
  note: string | null
  visitedAt: string
  promisedOn: Day | null
  isBroken: boolean
  isOwn: boolean
  isParked: boolean
}

/** When the collector came and went without cash. */
export function VisitList(props: { visits: ReadonlyArray<PastVisit>; timeZone: string }) {
  const t = useT('collector')
  const format = useFormat()
  if (props.visits.length === 0) return null

  return (
    <section>
      <h2 className="mb-1.5 text-sm font-medium text-soft">{t('today.visits')}</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {props.visits.map((visit) => (
          <li key={visit.id} className="px-4 py-3">
            <span className="block font-medium">
              {visit.promisedOn
                ? t(visit.isBroken ? 'visit.broken' : 'stop.promised', {
                    day: format.day(visit.promisedOn),
                  })
                : t(`visit.${outcomeKey(visit.outcome)}`)}
            </span>
            <span className="tabular block text-sm text-soft">
              {format.instant(visit.visitedAt, props.timeZone)}
            </span>
            {visit.isOwn ? null : (
              <span className="block text-sm text-soft">{t('visit.heard')}</span>
            )}
            {visit.isParked ? (
              <span className="block text-sm font-medium text-warn">{t('stage.unidentified')}</span>
            ) : null}
            {visit.note ? <span className="block text-sm">{visit.note}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
