import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Day } from '~/domain/calendar'
import { minor, sum } from '~/domain/money'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { PaymentList, Stage, type TakenPayment } from './payment-list'

export type DayOfPayments = { on: Day; payments: ReadonlyArray<TakenPayment> }

/** Days gone by, each folded to one line; one that something still has to leave from lies open. */
export function PaymentDays(props: {
  days: ReadonlyArray<DayOfPayments>
  currency: string
  timeZone: string
}) {
  return (
    <ul className="divide-y divide-line border-y border-line bg-surface">
      {props.days.map((day) => (
        <li key={day.on}>
          <FoldedDay {...day} currency={props.currency} timeZone={props.timeZone} />
        </li>
      ))}
    </ul>
  )
}

function FoldedDay(props: DayOfPayments & { currency: string; timeZone: string }) {
  const { on, payments, currency, timeZone } = props
  const t = useT('collector')
  const format = useFormat()
  const hasUnsent = payments.some(({ stage }) => stage === 'on_phone')
  const [isOpen, setOpen] = useState(hasUnsent)
  const inForce = payments.filter(({ stage }) => stage !== 'void')
  const total = sum(inForce.map(({ amountMinor }) => minor(amountMinor)))

  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex min-h-16 cursor-pointer list-none items-center gap-3 px-4 py-3 active:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-5 shrink-0 text-faint transition-transform in-[details[open]]:rotate-90"
          aria-hidden="true"
        />
        <span className="flex min-w-0 flex-1 flex-wrap gap-x-3">
          <span className="min-w-[min(7rem,100%)] flex-1">
            <span className="block font-medium">{format.day(on)}</span>
            <span className="block text-sm text-soft">
              {t('today.receipts', { count: inForce.length })}
            </span>
          </span>
          <span className="ml-auto text-right">
            <span className="tabular block font-semibold">{formatMoney(total, currency)}</span>
            {hasUnsent ? <Stage stage="on_phone" /> : null}
          </span>
        </span>
      </summary>
      {isOpen ? (
        <PaymentList payments={payments} currency={currency} timeZone={timeZone} by="time" />
      ) : null}
    </details>
  )
}
