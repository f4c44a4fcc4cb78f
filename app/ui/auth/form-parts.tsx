import type { ReactNode } from 'react'
import { Link } from '@remix-run/react'
import type { Texts } from '~/i18n/namespaces'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Field } from '~/ui/base/field'
import { PasswordInput } from '~/ui/base/password-input'
import { TextInput, type TextInputProps } from '~/ui/base/text-input'

/** What an action of the auth pages answers when it could not go on. */
export type AuthAnswer = {
  errors?: Partial<Record<string, string>>
  /** The key of a sentence. */
  problem?: string
  /** A sentence the database made. */
  message?: string
  typed?: Record<string, string>
}

type Key = keyof Texts['auth']

/** Keys come from forms and answers as plain text; an unknown one shows itself and is noticed. */
export function useAuthText() {
  const t = useT('auth')
  return (key: string) => t(key as 'problem.link_used')
}

export function AuthProblem({ answer, signInTo }: { answer?: AuthAnswer; signInTo?: string }) {
  const text = useAuthText()
  if (!answer?.problem && !answer?.message) return null
  return (
    <Banner kind="danger" className="mb-5">
      {answer.message ?? text(answer.problem ?? '')}
      {answer.problem === 'problem.email_known' && signInTo ? (
        <>
          {' '}
          <AuthLink to={signInTo}>{text('sign_in')}</AuthLink>
        </>
      ) : null}
    </Banner>
  )
}

export function AuthLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link
      to={to}
      className="inline-flex min-h-8 items-center rounded-sm font-medium text-accent-text underline underline-offset-2"
    >
      {children}
    </Link>
  )
}

/** A question whose label, hint and error are keys of the auth texts. */
export function AuthField(
  props: TextInputProps & {
    name: string
    labelKey: Key
    hintKey?: Key
    isOptional?: boolean
    answer?: AuthAnswer
  },
) {
  const { labelKey, hintKey, isOptional, answer, ...input } = props
  const text = useAuthText()
  const error = answer?.errors?.[input.name]
  const isPassword = input.type === 'password'
  return (
    <Field
      label={text(labelKey)}
      hint={hintKey ? text(hintKey) : undefined}
      error={error ? text(error) : undefined}
      optional={isOptional}
      required={!isOptional}
    >
      {isPassword ? (
        <PasswordInput {...input} />
      ) : (
        <TextInput
          autoCapitalize="none"
          spellCheck={false}
          {...input}
          defaultValue={answer?.typed?.[input.name] ?? input.defaultValue}
        />
      )}
    </Field>
  )
}

export function FormBody({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-4">{children}</div>
}
