import { useState, type InputHTMLAttributes } from 'react'
import { clsx } from 'clsx'
import { formatAmount } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { parseMoney } from '~/domain/money'
import { FieldError, useField } from './field'
import { inputLook } from './text-input'

export type MoneyInputProps = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'value' | 'defaultValue' | 'onChange' | 'type'
> & {
  /** The form field that carries the amount in minor units. Empty while there is no valid amount. */
  name?: string
  defaultMinor?: number | null
  /** Called on every keystroke, with null while what stands there is not an amount. */
  onMinor?: (minor: number | null) => void
  /** `display` is for the one amount a screen is about. */
  look?: 'normal' | 'display'
}

/** Pesos in, minor units out. Accepts `1,000.50` and `₱1,000.50`; anything else is answered with a sentence. */
export function MoneyInput(props: MoneyInputProps) {
  const { name, defaultMinor, onMinor, look = 'normal', className, ...rest } = props
  const t = useT('common')
  const field = useField(rest)
  const [text, setText] = useState(defaultMinor ? formatAmount(defaultMinor) : '')
  const [wasLeft, setLeft] = useState(false)

  const typed = parseMoney(text)
  const isMissing = !typed.ok && typed.reason === 'money.empty'
  const refusal = wasLeft && !typed.ok && !isMissing ? t(typed.reason) : null
  const errorId = field.id ? `${field.id}-amount` : undefined

  function change(next: string) {
    setText(next)
    setLeft(false)
    const now = parseMoney(next)
    onMinor?.(now.ok ? now.minor : null)
  }

  return (
    <>
      <span className="relative block">
        <span
          aria-hidden="true"
          className={clsx(
            'pointer-events-none absolute inset-y-0 left-3 grid place-items-center text-faint',
            look === 'display' ? 'text-2xl' : 'text-(length:--control-text)',
          )}
        >
          ₱
        </span>
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          {...rest}
          {...field}
          aria-invalid={field['aria-invalid'] ?? (refusal ? true : undefined)}
          aria-describedby={clsx(refusal && errorId, field['aria-describedby']) || undefined}
          value={text}
          onChange={(event) => change(event.target.value)}
          onBlur={(event) => {
            setLeft(true)
            if (typed.ok) setText(formatAmount(typed.minor))
            rest.onBlur?.(event)
          }}
          className={clsx(
            inputLook,
            'tabular',
            look === 'display' ? 'h-16 pl-10 text-3xl font-semibold' : 'control pl-8 text-right',
            className,
          )}
        />
        {name ? <input type="hidden" name={name} value={typed.ok ? typed.minor : ''} /> : null}
      </span>
      <FieldError id={errorId} error={refusal} />
    </>
  )
}
