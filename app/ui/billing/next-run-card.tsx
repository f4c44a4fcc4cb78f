import { Form } from '@remix-run/react'
import { addDays } from '~/domain/calendar'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { useOffice } from '~/ui/office/office-context'

export type NextRun = {
  period: string
  /** The first day after the period. */
  period_until: string
  due_on_local: string
  is_due: boolean
}

export function NextRunCard({ next }: { next: NextRun | null }) {
  const t = useT('billing')
  const format = useFormat()
  const { can, today } = useOffice()

  if (!next) {
    return (
      <Card title={t('next.title')}>
        <p className="text-soft">{t('next.none')}</p>
      </Card>
    )
  }

  const isLate = next.is_due && next.due_on_local < today

  return (
    <Card title={t('next.title')}>
      <p className="text-3xl font-semibold">{format.month(next.period)}</p>
      <p className="mt-1 text-soft">
        {t('run.period', {
          from: format.day(next.period),
          until: format.day(addDays(next.period_until, -1)),
        })}
      </p>
      <p className="mt-3">
        {t(whenKey(next.is_due, isLate), { day: format.day(next.due_on_local) })}
      </p>
      <div className="mt-5 flex flex-wrap gap-2">
        <LinkButton to={`/office/billing/preview?period=${next.period}`}>
          {t('next.preview')}
        </LinkButton>
        {next.is_due && !isLate && can('billing.run') ? <RunNow period={next.period} /> : null}
      </div>
    </Card>
  )
}

function whenKey(isDue: boolean, isLate: boolean) {
  if (isLate) return 'next.was_due'
  return isDue ? 'next.due_today' : 'next.on'
}

export function RunNow({ period, action }: { period: string; action?: string }) {
  const t = useT('office')
  const format = useFormat()
  return (
    <Form method="post" action={action}>
      <input type="hidden" name="period" value={period} />
      <SubmitButton>{t('billing.run_now', { month: format.month(period) })}</SubmitButton>
    </Form>
  )
}
