import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useT, useLanguage } from '~/i18n/use-t'
import { Money } from '~/ui/money/money'
import { appliesSentence, type PaymentEffect } from '~/ui/money/applies-sentence'

export type Effect = PaymentEffect & { open_after_minor: number }

/** What the amount as typed would do, in words first. Kept in sight while the next answer is on its way. */
export function EffectPreview(props: {
  effect: Effect | null
  state: 'empty' | 'asking' | 'answered' | 'failed'
  refusal?: string | null
  timeZone: string
}) {
  const { effect, state, refusal, timeZone } = props
  const t = useT('collections')
  const common = useT('common')
  const language = useLanguage()

  if (refusal) return <Frame tone="danger">{refusal}</Frame>
  if (state === 'failed') return <Frame tone="warn">{t('take.preview_failed')}</Frame>
  if (!effect || state === 'empty') return <Frame tone="quiet">{t('take.type_amount')}</Frame>

  return (
    <Frame tone="plain" isAsking={state === 'asking'}>
      <p className="text-sm text-soft">{t('take.will')}</p>
      <p className="mt-1 text-lg font-medium text-pretty">
        {appliesSentence(effect, { t: common, language, timeZone })}
      </p>
      <p className="mt-3 flex justify-between gap-4 border-t border-line pt-3">
        <span className="text-soft">{t('take.after')}</span>
        <Money minor={effect.open_after_minor} className="font-semibold" />
      </p>
    </Frame>
  )
}

const tones = {
  plain: 'border-line bg-sunken',
  quiet: 'border-dashed border-line-strong text-soft',
  warn: 'border-warn-line bg-warn-soft',
  danger: 'border-danger-line bg-danger-soft text-danger',
}

function Frame(props: { tone: keyof typeof tones; isAsking?: boolean; children: ReactNode }) {
  return (
    <div
      aria-live="polite"
      aria-busy={props.isAsking}
      className={clsx(
        'rounded-lg border p-4 transition-opacity',
        tones[props.tone],
        props.isAsking && 'opacity-60',
      )}
    >
      {props.children}
    </div>
  )
}
