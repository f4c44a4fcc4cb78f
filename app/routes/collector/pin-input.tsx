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
      <TextInput
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={PIN_DIGITS}
        autoFocus={props.autoFocus}
        value={props.value}
        className="tracking-[0.5em]"
        onChange={(event) => props.onValue(event.target.value.replace(/\D/g, ''))}
      />
    </Field>
  )
}
