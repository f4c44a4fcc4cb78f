import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { parseMoney } from '~/domain/money'
import { Button } from '~/ui/base/button'
import { formatAmount, formatMoney, shortMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import type { PaymentEffect } from '~/ui/money/applies-sentence'
import { ChangeSheet } from './change-sheet'
import { cleanAmount, groupedAmount, Keypad } from './keypad'
import { WhatItPays } from './what-it-pays'

export type Suggestion = {
  key: 'full' | 'late' | 'plan' | 'days_15' | 'month'
  amountMinor: number
}

/** Bills, or the time of one prepaid service. */
export type PaymentTarget = { key: string; label: string; detail: string }

/** Subscriber → amount → read what it pays → take. Two taps and a number. */
export function TakeCash(props: {
  text: string
  onText: (text: string) => void
  targets: ReadonlyArray<PaymentTarget>
  target: string
  onTarget: (key: string) => void
  suggestions: ReadonlyArray<Suggestion>
  effect: PaymentEffect | null
  openAfterMinor: number
  currency: string
  timeZone: string
  isTaking: boolean
  /** A sentence instead of the button, when no cash may be taken now. */
  stopped: string | null
  onTake: (amountMinor: number) => void
}) {
  const { text, onText, suggestions, effect, currency, timeZone, isTaking } = props
  const t = useT('collector')
  const parsed = parseMoney(text)
  const amountMinor = parsed.ok ? parsed.minor : null

  return (
    <form
      className="flex flex-1 flex-col gap-3 [@media(max-height:700px)]:gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (amountMinor !== null && !props.stopped && !isTaking) props.onTake(amountMinor)
      }}
    >
      <Targets {...props} />
      <AmountInput text={text} onText={onText} isDisabled={isTaking} />

      <div className="-mx-4 flex gap-2 overflow-x-auto px-4 pb-1 [scrollbar-width:none]">
        {suggestions.map((suggestion) => {
          const isChosen = suggestion.amountMinor === amountMinor
          return (
            <button
              key={suggestion.key}
              type="button"
              disabled={isTaking}
              aria-pressed={isChosen}
              onClick={() => onText(textOf(suggestion.amountMinor))}
              className={clsx(
                'flex min-h-13 shrink-0 touch-manipulation flex-col items-start justify-center rounded-md border px-3.5 py-1.5 text-left',
                isChosen ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
              )}
            >
              <span className="text-xs text-soft">{t(`take.suggest.${suggestion.key}`)}</span>
              <span className="tabular font-semibold">
                {formatMoney(suggestion.amountMinor, currency)}
              </span>
            </button>
          )
        })}
      </div>

      <section
        aria-live="polite"
        aria-label={t('take.pays')}
        className="min-h-20 rounded-lg border border-line bg-surface px-4 py-3 [@media(max-height:700px)]:py-2"
      >
        {effect && amountMinor !== null ? (
          <>
            <WhatItPays effect={effect} currency={currency} timeZone={timeZone} />
            <div className="mt-2.5 flex items-center justify-between gap-3 border-t border-line pt-2">
              <p className="text-sm text-soft">
                {props.openAfterMinor > 0
                  ? t('take.open_after', { amount: formatMoney(props.openAfterMinor, currency) })
                  : t('take.open_after_none')}
              </p>
              <ChangeSheet amountMinor={amountMinor} currency={currency} />
            </div>
          </>
        ) : (
          <p className="text-soft">{t('take.type_amount')}</p>
        )}
      </section>

      {/* Always in reach: on a short screen the words scroll behind it, the button never leaves. */}
      <div className="safe-bottom sticky bottom-0 z-10 -mx-4 mt-auto -mb-4 bg-canvas px-4 pt-1">
        <div className="flex flex-col gap-2 pb-3">
          <Keypad text={text} onText={onText} disabled={isTaking} />
          {props.stopped ? (
            <p role="alert" className="rounded-md bg-danger-soft px-4 py-3 font-medium text-danger">
              {props.stopped}
            </p>
          ) : (
            <Button
              type="submit"
              variant="primary"
              size="large"
              wide
              busy={isTaking}
              disabled={amountMinor === null}
              className="text-lg! font-semibold!"
            >
              {amountMinor === null
                ? t('take.confirm_empty')
                : t('take.confirm', { amount: shortMoney(amountMinor, currency) })}
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}

/** A hardware keyboard types here as well; the system's own keypad stays away. */
function AmountInput(props: { text: string; onText: (text: string) => void; isDisabled: boolean }) {
  const { text, onText, isDisabled } = props
  const t = useT('collector')
  const input = useRef<HTMLInputElement>(null)

  // At the beginning, and again where nothing could be saved.
  useEffect(() => {
    if (!isDisabled) input.current?.focus({ preventScroll: true })
  }, [isDisabled])

  return (
    <div>
      <label
        htmlFor="amount"
        className="text-sm font-medium text-soft [@media(max-height:700px)]:sr-only"
      >
        {t('take.amount')}
      </label>
      <div className="relative mt-1">
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 left-[min(1rem,4vw)] grid place-items-center text-[min(1.5rem,7vw)] text-faint"
        >
          ₱
        </span>
        <input
          ref={input}
          id="amount"
          inputMode="none"
          autoComplete="off"
          enterKeyHint="done"
          disabled={isDisabled}
          value={groupedAmount(text)}
          placeholder="0.00"
          onChange={(event) => {
            const clean = cleanAmount(event.target.value)
            if (clean !== null) onText(clean)
          }}
          className={clsx(
            'tabular h-[clamp(56px,8.1dvh,4.25rem)] w-full min-w-0 rounded-lg border-2 border-line-strong bg-surface pr-[min(3.25rem,13vw)] pl-[min(2.75rem,12vw)] font-semibold text-ink focus:border-accent focus:outline-none',
            text.length > 8 ? 'text-[min(1.875rem,8vw)]' : 'text-[min(2.25rem,11vw)]',
          )}
        />
        {text === '' || isDisabled ? null : (
          <button
            type="button"
            aria-label={t('take.clear')}
            onClick={() => {
              onText('')
              input.current?.focus({ preventScroll: true })
            }}
            className="absolute inset-y-0 right-0 grid w-[min(3rem,12vw)] place-items-center text-faint"
          >
            <X className="size-5" aria-hidden="true" />
          </button>
        )}
      </div>
    </div>
  )
}

function Targets(props: {
  targets: ReadonlyArray<PaymentTarget>
  target: string
  onTarget: (key: string) => void
  isTaking: boolean
}) {
  const t = useT('collector')
  if (props.targets.length < 2) return null

  return (
    <fieldset className="flex flex-col gap-1.5" disabled={props.isTaking}>
      <legend className="mb-1 text-sm font-medium text-soft">{t('take.for')}</legend>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-2">
        {props.targets.map((target) => (
          <label
            key={target.key}
            className="flex min-h-13 flex-col justify-center rounded-md border border-line-strong bg-surface px-3.5 py-1.5 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="target"
              value={target.key}
              checked={target.key === props.target}
              onChange={() => props.onTarget(target.key)}
              className="sr-only"
            />
            <span className="line-clamp-1 font-medium">{target.label}</span>
            <span className="tabular text-sm text-soft">{target.detail}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** `115000` → `1150`, `115050` → `1150.50`: as a person would have typed it. */
export function textOf(amountMinor: number): string {
  return formatAmount(amountMinor).replaceAll(',', '').replace(/\.00$/, '')
}
