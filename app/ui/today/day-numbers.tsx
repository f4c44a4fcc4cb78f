import { formatCount, formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Stat, StatGrid } from '~/ui/base/stat'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'

export type Numbers = {
  collected_minor: number | null
  receipts: number | null
  open_minor: number | null
  open_invoices: number | null
  overdue: number | null
  next_run: { period: string; due_on_local: string; is_due: boolean } | null
  parked: number | null
}

/** The few numbers somebody acts on today. */
export function DayNumbers({ numbers }: { numbers: Numbers }) {
  const { currency } = useOffice()
  const t = useT('today')
  const { collected_minor, receipts, open_minor, open_invoices, overdue, next_run, parked } =
    numbers

  return (
    <StatGrid>
      {collected_minor === null ? null : (
        <Stat
          label={t('collected')}
          value={<Money minor={collected_minor} currency={currency} />}
          hint={t('receipts', { count: receipts ?? 0 })}
          to="/office/collections/day"
        />
      )}
      {open_minor === null ? null : (
        <Stat
          label={t('open')}
          value={<Money minor={open_minor} currency={currency} />}
          hint={t('open_invoices', { count: open_invoices ?? 0 })}
          to="/office/invoices?state=open"
        />
      )}
      {overdue === null ? null : (
        <Stat
          label={t('overdue')}
          value={formatCount(overdue)}
          hint={t('overdue_hint')}
          tone={overdue > 0 ? 'danger' : 'neutral'}
          to="/office/subscribers?money=overdue&sort=-days_past_due"
        />
      )}
      {next_run ? (
        <Stat
          label={t('next_run')}
          value={next_run.is_due ? t('run_due') : formatDay(next_run.due_on_local)}
          hint={t('run_hint')}
          tone={next_run.is_due ? 'warn' : 'neutral'}
          to="/office/billing"
        />
      ) : null}
      {parked ? (
        <Stat
          label={t('parked')}
          value={formatCount(parked)}
          hint={t('parked_hint')}
          tone="warn"
          to="/office/collections/parked"
        />
      ) : null}
    </StatGrid>
  )
}
