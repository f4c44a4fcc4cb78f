import { clsx } from 'clsx'
import {
  forwardRef,
  type InputHTMLAttributes,
  type ReactNode,
  type TextareaHTMLAttributes,
} from 'react'
import { useField } from './field'

export const inputLook = clsx(
  'w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-ink',
  'shadow-hair transition-colors hover:border-faint',
  'focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent/25',
  'aria-invalid:border-danger aria-invalid:focus-visible:outline-danger/25',
  'disabled:bg-sunken disabled:text-faint',
)

export type TextInputProps = InputHTMLAttributes<HTMLInputElement> & {
  before?: ReactNode
  after?: ReactNode
}

export const TextInput = forwardRef<HTMLInputElement, TextInputProps>(function TextInput(
  { before, after, className, ...rest },
  ref,
) {
  const input = (
    <input
      ref={ref}
      type="text"
      {...rest}
      {...useField(rest)}
      className={clsx(
        inputLook,
        'control read-only:bg-sunken',
        before && 'pl-9',
        after && 'pr-10',
        className,
      )}
    />
  )
  if (!before && !after) return input

  return (
    <span className="relative block">
      {before ? (
        <span className="pointer-events-none absolute inset-y-0 left-0 grid w-9 place-items-center text-faint [&>svg]:size-4">
          {before}
        </span>
      ) : null}
      {input}
      {after ? (
        <span className="absolute inset-y-0 right-0 grid w-10 place-items-center text-faint [&>svg]:size-4">
          {after}
        </span>
      ) : null}
    </span>
  )
})

export const TextArea = forwardRef<
  HTMLTextAreaElement,
  TextareaHTMLAttributes<HTMLTextAreaElement>
>(function TextArea({ className, rows = 3, ...rest }, ref) {
  return (
    <textarea
      ref={ref}
      rows={rows}
      {...rest}
      {...useField(rest)}
      className={clsx(
        inputLook,
        'py-2 text-(length:--control-text) read-only:bg-sunken',
        className,
      )}
    />
  )
})

/** A civil day, `2026-11-03` in and out. The browser brings its own calendar. */
export const DateInput = forwardRef<HTMLInputElement, InputHTMLAttributes<HTMLInputElement>>(
  function DateInput({ className, ...rest }, ref) {
    return (
      <input
        ref={ref}
        type="date"
        min="1900-01-01"
        max="2199-12-31"
        {...rest}
        {...useField(rest)}
        className={clsx(inputLook, 'control tabular', className)}
      />
    )
  },
)
