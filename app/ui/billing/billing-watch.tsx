import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import type { BillingWatch } from '~/domain/billing-watch'
import { formatCount } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { LinkButton } from '~/ui/base/button'
import { useOffice } from '~/ui/office/office-context'
import { RunNow } from './next-run-card'

const LOOK_AGAIN_MILLISECONDS = 5 * 60_000
const titles = { missing: 'late', running: 'stopped', paused: 'paused', failed: 'failed' } as const

/** Billing that should have happened and has not: the one thing an owner must never find out by chance. */
export function BillingWatchBanner({ watch: first }: { watch: BillingWatch }) {
  const watch = useFetcher<BillingWatch>()
  const { load } = watch
  const { late, failing_jobs, restored_at } = watch.data ?? first

  useEffect(() => {
    const timer = setInterval(() => load('/office/billing/watch'), LOOK_AGAIN_MILLISECONDS)
    return () => clearInterval(timer)
  }, [load])

  return (
    <>
      {restored_at ? <Restored at={restored_at} /> : late ? <LateRun late={late} /> : null}
      {failing_jobs[0] ? <FailingJob {...failing_jobs[0]} /> : null}
    </>
  )
}

/** No run can go on before this is answered, so it stands in the place of a late one. */
function Restored({ at }: { at: string }) {
  const t = useT('office')
  const format = useFormat()
  const { time_zone, can } = useOffice()
  return (
    <Banner
      kind="danger"
      title={t('restored.title')}
      actions={
        can('settings.manage') ? (
          <LinkButton to="/office/settings/tax#numbers" size="small">
            {t('restored.say')}
          </LinkButton>
        ) : undefined
      }
    >
      {t('restored.body', { at: format.instant(at, time_zone) })}
    </Banner>
  )
}

function LateRun({ late }: { late: NonNullable<BillingWatch['late']> }) {
  const t = useT('office')
  const format = useFormat()
  const { time_zone, can } = useOffice()
  const words = {
    month: format.month(late.period),
    day: format.day(late.period),
    done: formatCount(late.seen_count),
    expected: formatCount(late.expected_count),
    at: format.instant(late.since, time_zone),
    error: late.last_error ?? '',
  }
  const start = can('billing.run') ? <RunNow period={late.period} action="/office/billing" /> : null
  return (
    <Banner
      kind={late.state === 'paused' ? 'warn' : 'danger'}
      title={t(`billing.${titles[late.state]}.title`, words)}
      actions={
        late.run_id ? (
          <LinkButton to={`/office/billing/runs/${late.run_id}`} size="small">
            {t('billing.open_run')}
          </LinkButton>
        ) : (
          start
        )
      }
    >
      {t(`billing.${titles[late.state]}.body`, words)}
    </Banner>
  )
}

function FailingJob({ job, failed_at }: BillingWatch['failing_jobs'][number]) {
  const t = useT('office')
  const format = useFormat()
  const { time_zone } = useOffice()
  return (
    <Banner kind="danger" title={t('billing.jobs.title')}>
      {t('billing.jobs.body', { job, at: format.instant(failed_at, time_zone) })}
    </Banner>
  )
}
