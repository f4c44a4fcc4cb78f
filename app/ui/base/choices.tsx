import { clsx } from 'clsx'
import { useId, type InputHTMLAttributes, type ReactNode } from 'react'
import { FieldGroup } from './field'

const boxLook = clsx(
  'size-[18px] shrink-0 appearance-none border border-line-strong bg-surface bg-center bg-no-repeat transition-colors',
  'hover:border-faint checked:border-accent checked:bg-accent disabled:opacity-50',
)
// The mark takes the colour that reads on the accent, so it is drawn as a mask.
const tick = clsx(
  "relative after:absolute after:inset-0 after:bg-accent-ink after:opacity-0 after:content-[''] checked:after:opacity-100",
  'after:[mask:url(/icons/tick.svg)_center/12px_no-repeat] rounded-xs',
)

type ChoiceProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
  label: ReactNode
  hint?: ReactNode
}

export function Checkbox({ label, hint, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={className}>
      {(described) => (
        <input type="checkbox" {...described} {...rest} className={clsx(boxLook, tick)} />
      )}
    </Choice>
  )
}

/** A checkbox without words, for a row of a table. */
export function BareCheckbox(
  props: Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
    label: string
    isPartial?: boolean
  },
) {
  const { label, isPartial, ...rest } = props
  return (
    <input
      type="checkbox"
      aria-label={label}
      ref={(input) => {
        if (input) input.indeterminate = isPartial ?? false
      }}
      {...rest}
      className={clsx(
        boxLook,
        tick,
        'indeterminate:border-accent indeterminate:bg-accent indeterminate:after:opacity-100',
        'indeterminate:after:[mask:none] indeterminate:after:inset-x-1 indeterminate:after:inset-y-2',
      )}
    />
  )
}

/** On or off at once, without saving. Sends `on` in a form, like a checkbox. */
export function Switch({ label, hint, className, ...rest }: ChoiceProps) {
  return (
    <Choice label={label} hint={hint} className={className} isReversed>
      {(described) => (
        <input
          type="checkbox"
          role="switch"
          {...described}
          {...rest}
          className={clsx(
            'relative h-6 w-10 shrink-0 appearance-none rounded-full bg-line-strong transition-colors checked:bg-accent disabled:opacity-50',
            "after:absolute after:top-0.5 after:left-0.5 after:size-5 after:rounded-full after:bg-white after:shadow-hair after:transition-transform after:content-[''] checked:after:translate-x-4",
          )}
        />
      )}
    </Choice>
  )
}

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }

export function RadioGroup(props: {
  legend: ReactNode
  name: string
  options: ReadonlyArray<RadioOption>
  defaultValue?: string
  value?: string
  onChange?: (value: string) => void
  hint?: ReactNode
  error?: string | null
  /** Cards stand out where the choice is the page's main question. */
  look?: 'list' | 'cards'
  /** Cards beside each other on a wide screen. */
  columns?: 2 | 3
  className?: string
}) {
  const { options, name, look = 'list', columns = 2, value, defaultValue, onChange } = props

  return (
    <FieldGroup
      legend={props.legend}
      hint={props.hint}
      error={props.error}
      className={props.className}
    >
      <div
        className={clsx(
          look === 'list' && 'flex flex-col gap-1',
          look === 'cards' && ['grid gap-2', columns === 2 ? 'sm:grid-cols-2' : 'sm:grid-cols-3'],
        )}
      >
        {options.map((option) => (
          <Choice
            key={option.value}
            label={option.label}
            hint={option.hint}
            className={clsx(
              look === 'cards' &&
                'rounded-lg border border-line-strong bg-surface p-3 has-checked:border-accent has-checked:bg-accent-soft has-checked:shadow-[inset_0_0_0_1px_var(--accent)]',
            )}
          >
            {(described) => (
              <input
                type="radio"
                name={name}
                value={option.value}
                disabled={option.disabled}
                {...described}
                {...(value === undefined
                  ? { defaultChecked: option.value === defaultValue }
                  : { checked: option.value === value })}
                onChange={(event) => onChange?.(event.target.value)}
                className={clsx(
                  boxLook,
                  "relative rounded-full after:absolute after:inset-[5px] after:rounded-full after:bg-accent-ink after:opacity-0 after:content-[''] checked:after:opacity-100",
                )}
              />
            )}
          </Choice>
        ))}
      </div>
    </FieldGroup>
  )
}

function Choice(props: {
  label: ReactNode
  hint?: ReactNode
  className?: string
  isReversed?: boolean
  children: (described: { 'aria-describedby'?: string }) => ReactNode
}) {
  const hintId = useId()
  return (
    <label
      className={clsx(
        'flex min-h-(--control-small) gap-2.5 py-1',
        props.hint ? 'items-start' : 'items-center',
        props.isReversed && 'flex-row-reverse justify-between',
        props.className,
      )}
    >
      <span className="flex h-5 items-center in-data-[density=touch]:h-6">
        {props.children({ 'aria-describedby': props.hint ? hintId : undefined })}
      </span>
      <span className="min-w-0">
        <span className="block text-(length:--control-text) text-ink">{props.label}</span>
        {props.hint ? (
          <span id={hintId} className="block text-sm text-faint">
            {props.hint}
          </span>
        ) : null}
      </span>
    </label>
  )
}
