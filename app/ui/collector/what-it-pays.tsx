import { CircleCheck, CircleDashed, Clock, PiggyBank } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PaymentEffect } from '~/ui/money/applies-sentence'
import { usePays, type Pay } from './pays'

const icons: Record<Pay['kind'], ReactNode> = {
  settled: <CircleCheck className="text-success" />,
  partly: <CircleDashed className="text-warn" />,
  time: <Clock className="text-accent-text" />,
  credit: <PiggyBank className="text-soft" />,
}

/** What the money does, one line each. */
export function WhatItPays(props: { effect: PaymentEffect; currency: string; timeZone: string }) {
  const paysOf = usePays(props.currency, props.timeZone)

  return (
    <ul className="flex flex-col gap-2.5">
      {paysOf(props.effect).map(({ kind, what, detail, amount }, index) => (
        <li key={index} className="flex items-start gap-2.5">
          <span aria-hidden="true" className="mt-0.5 shrink-0 [&>svg]:size-5">
            {icons[kind]}
          </span>
          <span className="min-w-0 flex-1">
            {detail ? (
              <>
                <span className="font-semibold">{what}</span>
                <span className="block text-sm text-soft">{detail}</span>
              </>
            ) : (
              what
            )}
          </span>
          {amount ? <span className="tabular shrink-0 font-semibold">{amount}</span> : null}
        </li>
      ))}
    </ul>
  )
}
