import { CircleCheck, CircleDashed, Clock, PiggyBank } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatMoney } from '~/i18n/format'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { spanWords, type PaymentEffect } from '~/ui/money/applies-sentence'

/** In words, one line each: “Nov 2026 in full ₱999.00”, “4 days 12 hours, until 3 Dec 2026, 18:00”. */
export function WhatItPays(props: { effect: PaymentEffect; currency: string; timeZone: string }) {
  const { effect, currency, timeZone } = props
  const t = useT('collector')
  const common = useT('common')
  const format = useFormat()
  const money = (minor: number) => formatMoney(minor, currency)

  return (
    <ul className="flex flex-col gap-2.5">
      {effect.applies.map((part, index) => {
        const what = part.period
          ? format.month(part.period)
          : common('applies.invoice', { number: part.number })
        return (
          <Line
            key={index}
            icon={part.settles ? <Settled /> : <Partly />}
            amount={money(part.amount_minor)}
          >
            {part.settles
              ? t('take.in_full', { what })
              : t('take.part', { what, left: money(part.left_minor) })}
          </Line>
        )
      })}
      {effect.prepaid ? (
        <Line icon={<Clock className="text-accent-text" />}>
          <span className="font-semibold">{spanWords(effect.prepaid.seconds, common)}</span>
          <span className="block text-sm text-soft">
            {t('take.time', {
              plan: effect.prepaid.plan_name,
              until: format.instant(effect.prepaid.ends_at, timeZone),
            })}
          </span>
        </Line>
      ) : null}
      {effect.credit_minor > 0 ? (
        <Line icon={<PiggyBank className="text-soft" />} amount={money(effect.credit_minor)}>
          {t('take.as_credit')}
        </Line>
      ) : null}
    </ul>
  )
}

function Settled() {
  return <CircleCheck className="text-success" />
}

function Partly() {
  return <CircleDashed className="text-warn" />
}

function Line(props: { icon: ReactNode; children: ReactNode; amount?: string }) {
  return (
    <li className="flex items-start gap-2.5">
      <span aria-hidden="true" className="mt-0.5 shrink-0 [&>svg]:size-5">
        {props.icon}
      </span>
      <span className="min-w-0 flex-1">{props.children}</span>
      {props.amount ? <span className="tabular shrink-0 font-semibold">{props.amount}</span> : null}
    </li>
  )
}
