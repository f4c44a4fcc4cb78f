import { forwardRef, type InputHTMLAttributes } from 'react'
import { PIN_DIGITS } from '~/offline/pin'
import { Field } from '~/ui/base/field'
import { TextInput } from '~/ui/base/text-input'

/** Digits only, hidden, on the phone's own number keys. */
export function PinInput(props: {
  label: string
  value: string
  error: string | null
  onValue: (digits: string) => void
  autoFocus?: boolean
}) {
  return (
    <Field label={props.label} error={props.error ?? undefined}>
      <PinDigits
        autoFocus={props.autoFocus}
        value={props.value}
        onChange={(event) => props.onValue(event.target.value.replace(/\D/g, ''))}
      />
    </Field>
  )
}

export const PinDigits = forwardRef<HTMLInputElement, InputHTMLAttributes<HTMLInputElement>>(
  function PinDigits(props, ref) {
    return (
      <TextInput
        ref={ref}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={PIN_DIGITS}
        className="tracking-[0.5em]"
        {...props}
      />
    )
  },
)
