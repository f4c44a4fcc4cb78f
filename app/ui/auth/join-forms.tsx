import { Form } from '@remix-run/react'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { CopyButton } from '~/ui/base/copy-button'
import { AuthField, AuthLink, FormBody, type AuthAnswer } from './form-parts'

/** Someone who is signed in already only has to say yes. */
export function JoinAsKnown({ name }: { name: string }) {
  const t = useT('auth')
  return (
    <>
      <Form method="post">
        <SubmitButton wide>{t('join.as', { name })}</SubmitButton>
      </Form>
      <Form method="post" action="/sign-out" className="mt-3">
        <SubmitButton wide variant="quiet">
          {t('join.not_you')}
        </SubmitButton>
      </Form>
    </>
  )
}

export function JoinAsNew(props: {
  fullName: string
  email: string
  /** What a subscriber without e-mail will sign in with. */
  signInName: string | null
  signInTo: string
  answer?: AuthAnswer
}) {
  const { fullName, email, signInName, signInTo, answer } = props
  const t = useT('auth')
  return (
    <>
      <Form method="post">
        <FormBody>
          <AuthField
            name="full_name"
            labelKey="field.full_name"
            autoComplete="name"
            autoCapitalize="words"
            maxLength={120}
            defaultValue={fullName}
            answer={answer}
          />
          <AuthField
            name="email"
            type="email"
            labelKey="field.email"
            isOptional={signInName !== null}
            autoComplete="username"
            defaultValue={email}
            answer={answer}
          />
          {signInName ? (
            <p className="-mt-2 text-sm text-soft">{t('join.no_email', { name: signInName })}</p>
          ) : null}
          <AuthField
            name="password"
            type="password"
            labelKey="field.new_password"
            hintKey="field.new_password.hint"
            autoComplete="new-password"
            minLength={8}
            answer={answer}
          />
          <SubmitButton wide>{t('join.submit')}</SubmitButton>
        </FormBody>
      </Form>
      <p className="mt-6 text-soft">
        {t('join.have_account')} <AuthLink to={signInTo}>{t('sign_in')}</AuthLink>
      </p>
    </>
  )
}

/** The one moment a sign-in name is told, so it is large and can be copied. */
export function Joined({ name, home }: { name: string; home: string }) {
  const t = useT('auth')
  return (
    <>
      <Banner kind="success" className="mb-5">
        {t('joined.keep')}
      </Banner>
      <p className="text-sm text-soft">{t('joined.name')}</p>
      <p className="mt-1 mb-6 flex items-center gap-3">
        <strong className="font-mono text-3xl font-semibold break-all">{name}</strong>
        <CopyButton value={name} />
      </p>
      <LinkButton to={home} variant="primary" wide>
        {t('joined.go')}
      </LinkButton>
    </>
  )
}
