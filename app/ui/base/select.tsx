import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import { forwardRef, type SelectHTMLAttributes } from 'react'
import { useField } from './field'
import { inputLook } from './text-input'

export type Option = { value: string; label: string; disabled?: boolean }

export type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & {
  options: ReadonlyArray<Option>
  /** Shown first with an empty value, for “not chosen yet”. */
  placeholder?: string
}

/** The browser's own list: right on every phone, by keyboard, and before JavaScript arrives. */
export const Select = forwardRef<HTMLSelectElement, SelectProps>(function Select(
  { options, placeholder, className, ...rest },
  ref,
) {
  return (
    <span className="relative block">
      <select
        ref={ref}
        {...rest}
        {...useField(rest)}
        className={clsx(inputLook, 'control appearance-none truncate pr-9', className)}
      >
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-faint"
      />
    </span>
  )
})
