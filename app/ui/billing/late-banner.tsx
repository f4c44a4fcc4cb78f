import { useFormat } from '~/i18n/use-format'
import { formatCount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { LinkButton } from '~/ui/base/button'
import { useOffice } from '~/ui/office/office-context'
import { RunNow, type NextRun } from './next-run-card'
import type { RunStanding } from './run-state'

export type UnfinishedRun = {
  id: string
  period: string
  standing: RunStanding
  seen_count: number
  expected_count: number
  heartbeat_at: string
  last_error: string | null
}

/** Billing that should have happened and has not: the one thing an owner must never find out by chance. */
export function LateBanner(props: { next: NextRun | null; unfinished?: UnfinishedRun }) {
  const { next, unfinished } = props
  const t = useT('billing')
  const format = useFormat()
  const { time_zone, today, can } = useOffice()

  if (unfinished && unfinished.standing !== 'running' && unfinished.standing !== 'done') {
    const words = {
      month: format.month(unfinished.period),
      done: formatCount(unfinished.seen_count),
      expected: formatCount(unfinished.expected_count),
      at: format.instant(unfinished.heartbeat_at, time_zone),
      error: unfinished.last_error ?? '',
    }
    return (
      <Banner
        kind={unfinished.standing === 'paused' ? 'warn' : 'danger'}
        title={t(`${unfinished.standing}.title`, words)}
        className="mb-5"
        actions={
          <LinkButton to={`/office/billing/runs/${unfinished.id}`} size="small">
            {t('run.open')}
          </LinkButton>
        }
      >
        {t(`${unfinished.standing}.body`, words)}
      </Banner>
    )
  }

  if (!unfinished && next?.is_due && next.due_on_local < today) {
    return (
      <Banner
        kind="danger"
        title={t('late.title', { month: format.month(next.period) })}
        className="mb-5"
        actions={
          can('billing.run') ? <RunNow period={next.period} action="/office/billing" /> : null
        }
      >
        {t('late.body', { day: format.day(next.due_on_local) })}
      </Banner>
    )
  }
  return null
}
