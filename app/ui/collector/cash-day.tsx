import { clsx } from 'clsx'
import {
  Building2,
  CircleAlert,
  CloudUpload,
  Scale,
  Smartphone,
  Undo2,
  type LucideIcon,
} from 'lucide-react'
import { civilTime, type Day } from '~/domain/calendar'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'

export type HandInItem = {
  id: string
  at: string
  declaredMinor: number | null
  stage: 'on_phone' | 'to_count' | 'to_decide' | 'accepted' | 'sent_back' | 'refused'
  /** Counted less expected; null until it is counted. */
  differenceMinor: number | null
  note: string | null
  isByOffice: boolean
}

export type CashDayItem = {
  day: Day
  collectedMinor: number
  receipts: number
  handIns: ReadonlyArray<HandInItem>
}

/** One day: what was collected, and each hand-in with what became of it. */
export function CashDayCard(props: { day: CashDayItem; currency: string; timeZone: string }) {
  const { day, currency, timeZone } = props
  const t = useT('cash')
  const format = useFormat()

  return (
    <section className="overflow-hidden rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-3">
        <h3 className="font-semibold">{format.day(day.day)}</h3>
        <p className="ml-auto text-right">
          <span className="block text-sm text-soft">
            {t('record.collected')} · {t('record.receipts', { count: day.receipts })}
          </span>
          <span className="tabular text-lg font-semibold">
            {formatMoney(day.collectedMinor, currency)}
          </span>
        </p>
      </header>
      {day.handIns.length > 0 ? (
        <ul className="divide-y divide-line border-t border-line bg-sunken">
          {day.handIns.map((one) => (
            <li key={one.id} className="px-4 py-3">
              <HandIn one={one} currency={currency} time={civilTime(one.at, timeZone)} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

const looks: Record<HandInItem['stage'], { Icon: LucideIcon; tone: string }> = {
  on_phone: { Icon: Smartphone, tone: 'text-warn' },
  to_count: { Icon: CloudUpload, tone: 'text-info' },
  to_decide: { Icon: Scale, tone: 'text-warn' },
  accepted: { Icon: Building2, tone: 'text-success' },
  sent_back: { Icon: Undo2, tone: 'text-danger' },
  refused: { Icon: CircleAlert, tone: 'text-warn' },
}

function HandIn({ one, currency, time }: { one: HandInItem; currency: string; time: string }) {
  const t = useT('cash')
  const { Icon, tone } = looks[one.stage]
  const difference = one.differenceMinor ?? 0
  const amount = formatMoney(Math.abs(difference), currency)

  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span>
          {t('record.handed_in')} <span className="tabular text-soft">{time}</span>
        </span>
        <span
          className={clsx(
            'tabular ml-auto font-semibold',
            one.stage === 'sent_back' && 'text-faint line-through',
          )}
        >
          {one.declaredMinor === null ? '—' : formatMoney(one.declaredMinor, currency)}
        </span>
      </p>
      <p className="mt-0.5 flex flex-wrap items-center justify-between gap-x-4">
        <span className={clsx('inline-flex items-center gap-1 text-sm font-medium', tone)}>
          <Icon className="size-4" aria-hidden="true" />
          {t(`state.${one.stage}`)}
        </span>
        {difference === 0 ? null : (
          <span className="text-sm font-semibold text-danger">
            {difference < 0 ? t('record.short', { amount }) : t('record.over', { amount })}
          </span>
        )}
      </p>
      {one.isByOffice ? <p className="text-sm text-soft">{t('record.by_office')}</p> : null}
      {one.note ? (
        <p className="text-sm text-soft">{t('record.note', { note: one.note })}</p>
      ) : null}
    </>
  )
}
