import { clsx } from 'clsx'
import { createContext, useContext, useId, type ReactNode } from 'react'
import { useT } from '~/i18n/use-t'

type FieldContext = { id: string; describedBy?: string; isInvalid: boolean; isRequired?: boolean }

const context = createContext<FieldContext | null>(null)

export type FieldProps = {
  label: ReactNode
  children: ReactNode
  hint?: ReactNode
  /** One sentence, or what conform gives: the first of several is shown. */
  error?: string | Array<string> | null
  /** Says “optional” beside the label; everything else is taken as needed. */
  optional?: boolean
  required?: boolean
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean
  id?: string
  className?: string
}

/** Label, input, hint and error of one question. Any input of this folder inside it is wired by itself. */
export function Field(props: FieldProps) {
  const { label, children, hint, optional, required, labelHidden, className } = props
  const t = useT('common')
  const made = useId()
  const id = props.id ?? made
  const error = Array.isArray(props.error) ? props.error[0] : props.error
  const describedBy = clsx(error && `${id}-error`, hint && `${id}-hint`) || undefined

  return (
    <context.Provider value={{ id, describedBy, isInvalid: Boolean(error), isRequired: required }}>
      <div className={clsx('flex min-w-0 flex-col gap-1.5', className)}>
        <label
          htmlFor={id}
          className={clsx('text-sm font-medium text-ink', labelHidden && 'sr-only')}
        >
          {label}
          {optional ? <span className="font-normal text-faint"> · {t('optional')}</span> : null}
        </label>
        {children}
        <FieldError id={`${id}-error`} error={error} />
        {hint ? (
          <p id={`${id}-hint`} className="text-sm text-faint">
            {hint}
          </p>
        ) : null}
      </div>
    </context.Provider>
  )
}

export function FieldError({ id, error }: { id?: string; error?: string | null }) {
  if (!error) return null
  return (
    <p id={id} role="alert" className="flex gap-1.5 text-sm font-medium text-danger">
      <svg
        viewBox="0 0 16 16"
        className="mt-0.5 size-4 shrink-0"
        fill="currentColor"
        aria-hidden="true"
      >
        <path d="M8 1.5a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM7.250 4.500h1.500v4.500h-1.500V4.500Zm.75 7.250a.9.9 0 1 1 0-1.800.9.9 0 0 1 0 1.800Z" />
      </svg>
      {error}
    </p>
  )
}

/** The attributes an input takes from the field around it; its own win. */
export function useField(own: {
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: unknown
  required?: boolean
}) {
  const field = useContext(context)
  return {
    id: own.id ?? field?.id,
    'aria-describedby': own['aria-describedby'] ?? field?.describedBy,
    'aria-invalid': own['aria-invalid'] === true || field?.isInvalid ? (true as const) : undefined,
    required: own.required ?? field?.isRequired,
  }
}

/** A group of questions that have one answer together: radios, checkboxes, an address. */
export function FieldGroup(props: {
  legend: ReactNode
  children: ReactNode
  hint?: ReactNode
  error?: string | null
  className?: string
}) {
  const id = useId()
  return (
    <fieldset
      className={clsx('flex min-w-0 flex-col gap-2', props.className)}
      aria-describedby={clsx(props.error && `${id}-error`, props.hint && `${id}-hint`) || undefined}
    >
      <legend className="mb-1.5 text-sm font-medium text-ink">{props.legend}</legend>
      {props.children}
      <FieldError id={`${id}-error`} error={props.error} />
      {props.hint ? (
        <p id={`${id}-hint`} className="text-sm text-faint">
          {props.hint}
        </p>
      ) : null}
    </fieldset>
  )
}
