import { civilDay } from '~/domain/calendar'
import type { AfterEnd, ChangeQuote } from '~/domain/service-change'
import { formatDay } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { InvoiceLines } from './invoice-lines'

/** What ending a service comes to: the final invoice, what is given back, and how the subscriber stands after it. */
export function EndQuote({ change, after }: { change: ChangeQuote['change']; after: AfterEnd }) {
  const t = useT('subscribers')
  const { time_zone } = useOffice()
  const credited = (change.credit_notes ?? []).reduce((sum, note) => sum + note.total_minor, 0)
  const { invoice } = change

  return (
    <div className="flex flex-col gap-3 rounded-md bg-sunken px-4 py-3">
      {invoice ? (
        <div>
          <Sum
            label={t('change.final_invoice')}
            hint={after.due_on ? t('end.due', { day: formatDay(after.due_on) }) : undefined}
            minor={invoice.total_minor}
            isMain
          />
          <div className="text-sm text-soft">
            <InvoiceLines lines={after.lines} />
          </div>
          {after.settled_minor > 0 ? (
            <div className="mt-1">
              <Sum label={t('end.from_credit')} minor={-after.settled_minor} />
            </div>
          ) : null}
        </div>
      ) : null}
      {credited > 0 ? (
        <Sum
          label={t('change.credit_note')}
          hint={t('change.credit_note_goes')}
          minor={-credited}
          isMain
        />
      ) : null}
      {change.problem ? (
        <p className="text-warn">{t('end.problem', { why: change.problem })}</p>
      ) : !invoice && credited === 0 ? (
        <p>{t('change.nothing_to_settle')}</p>
      ) : null}
      {after.lost_until ? (
        <p className="text-warn">
          {t('end.time_lost', { day: formatDay(civilDay(after.lost_until, time_zone)) })}
        </p>
      ) : null}
      <div className="flex flex-col gap-1 border-t border-line pt-3">
        <Sum label={t('end.owed')} minor={after.owed_minor} isMain />
        {after.credit_minor > 0 ? (
          <Sum
            label={t('end.credit')}
            hint={t(after.owed_minor > 0 ? 'end.credit_beside_debt' : 'end.credit_stays')}
            minor={after.credit_minor}
          />
        ) : null}
        {after.deposit_minor > 0 ? (
          <Sum label={t('end.deposit')} hint={t('end.deposit_stays')} minor={after.deposit_minor} />
        ) : null}
      </div>
    </div>
  )
}

function Sum(props: { label: string; hint?: string; minor: number; isMain?: boolean }) {
  const { label, hint, minor, isMain } = props
  const { currency } = useOffice()
  return (
    <p className="flex justify-between gap-4">
      <span className={isMain ? 'font-medium' : undefined}>
        {label}
        {hint ? <span className="block text-sm font-normal text-soft">{hint}</span> : null}
      </span>
      <Money
        minor={minor}
        currency={currency}
        className={`shrink-0 ${isMain ? 'font-semibold' : ''} ${minor < 0 ? 'text-success' : ''}`}
      />
    </p>
  )
}
