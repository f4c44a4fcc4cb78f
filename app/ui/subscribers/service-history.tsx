import { addDays } from '~/domain/calendar'
import { formatDay, formatInstant, formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Badge } from '~/ui/base/badge'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Timeline } from '~/ui/base/timeline'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import type { ServiceChange, ServicePause, ServiceTerm } from '~/domain/service-change'
import { CancelPlanChangeDialog, EndPauseDialog } from './change-dialogs'

type Owner = { subscriberId: string; serviceId: string; isActive: boolean }

function useSpan() {
  const t = useT('subscribers')
  return (span: { from_on: string; until_on: string | null }) =>
    span.until_on
      ? t('terms.span', {
          from: formatDay(span.from_on),
          until: formatDay(addDays(span.until_on, -1)),
        })
      : t('terms.from', { from: formatDay(span.from_on) })
}

/** Which plan at which price, from when until when; what is planned can be taken back. */
export function Terms(props: Owner & { terms: ReadonlyArray<ServiceTerm> }) {
  const { terms, subscriberId, serviceId, isActive } = props
  const { today, currency, can } = useOffice()
  const t = useT('subscribers')
  const span = useSpan()
  const now = terms.find((term) => term.from_on <= today)
  const isPlanned = terms.some((term) => term.from_on > today && term.plan_name !== now?.plan_name)

  return (
    <Card
      title={t('terms.title')}
      actions={
        isPlanned && isActive && can('subscribers.manage') ? (
          <CancelPlanChangeDialog
            subscriberId={subscriberId}
            serviceId={serviceId}
            trigger={<Button size="small">{t('plan.cancel')}</Button>}
          />
        ) : undefined
      }
    >
      <ol className="flex flex-col divide-y divide-line">
        {terms.map((term) => (
          <li
            key={term.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2"
          >
            <span className="min-w-0">
              <span className="font-medium">{term.plan_name}</span>
              <span className="block text-sm text-soft">{span(term)}</span>
            </span>
            <span className="flex items-center gap-2">
              {term.is_special ? <Badge>{t('terms.special')}</Badge> : null}
              {term.from_on > today ? <Badge tone="info">{t('terms.planned')}</Badge> : null}
              {term === now && isActive ? <Badge tone="success">{t('terms.now')}</Badge> : null}
              <Money minor={term.price_minor} currency={currency} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

export function Pauses(props: Owner & { pauses: ReadonlyArray<ServicePause> }) {
  const { pauses, subscriberId, serviceId, isActive } = props
  const { today, currency, can } = useOffice()
  const t = useT('subscribers')
  const span = useSpan()
  if (pauses.length === 0) return null
  return (
    <Card title={t('pause.all')}>
      <ol className="flex flex-col divide-y divide-line">
        {pauses.map((pause) => (
          <li
            key={pause.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2"
          >
            <span className="min-w-0">
              {span(pause)}
              <span className="block text-sm text-soft">
                {[
                  pause.kind === 'ended' ? t('pause.was_ended') : pause.reason,
                  pause.fee_minor > 0
                    ? t('pause.with_fee', { fee: formatMoney(pause.fee_minor, currency) })
                    : null,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {pause.kind === 'pause' &&
            isActive &&
            (pause.until_on === null || pause.until_on > today) &&
            can('subscribers.manage') ? (
              <EndPauseDialog
                subscriberId={subscriberId}
                serviceId={serviceId}
                pauseId={pause.id}
                day={pause.from_on > today ? pause.from_on : today}
                trigger={
                  <Button size="small">
                    {t(pause.from_on > today ? 'pause.cancel' : 'pause.end')}
                  </Button>
                }
              />
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  )
}

/** What was done to the service, and by whom, newest first. */
export function Changes({ changes }: { changes: ReadonlyArray<ServiceChange> }) {
  const { time_zone } = useOffice()
  const t = useT('subscribers')
  if (changes.length === 0) return null
  return (
    <Card title={t('change.all')}>
      <Timeline
        items={changes.map((change) => ({
          id: change.id,
          at: formatInstant(change.made_at, time_zone),
          title: t(`change.did.${change.kind}`, {
            day: formatDay(change.on_day),
            plan: change.answer.plan_name ?? '',
            old: change.answer.old_plan_name ?? '',
          }),
          detail: [change.reason, change.made_by_name].filter(Boolean).join(' · '),
          tone:
            change.kind === 'ended' || change.kind === 'sale_cancelled'
              ? 'danger'
              : change.kind === 'returned' || change.kind === 'activated'
                ? 'success'
                : 'neutral',
        }))}
      />
    </Card>
  )
}
