import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { signUpTenant } from '~/commands/sign-up-tenant'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { env } from '~/server/env.server'
import { formOf, readForm, typedOf } from '~/server/form.server'
import { optionalUser } from '~/server/guard.server'
import { maySignUp, mayTryPassword, tooManyTries } from '~/server/rate-limit.server'
import { expectRefusal } from '~/server/refusal.server'
import { emailAddress, enterAsNew, nameOfEmail, newPassword } from '~/server/session.server'
import { openSupabase } from '~/server/supabase.server'
import { AuthField, AuthLink, AuthProblem, FormBody } from '~/ui/auth/form-parts'
import { Banner } from '~/ui/base/banner'
import { SubmitButton } from '~/ui/base/button'
import { AuthShell } from '~/ui/layout/auth-shell'

export const handle = pageTexts('auth')

export const meta: MetaFunction = () => [{ title: 'Sign up your ISP · Linyada' }]

const newPerson = z.object({ email: emailAddress, password: newPassword })

export async function loader({ request }: LoaderFunctionArgs) {
  const { me, headers } = await optionalUser(request)
  const person = me && { name: nameOfEmail(me.email ?? ''), fullName: me.full_name ?? '' }
  return data({ person }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await formOf(request)
  const typed = typedOf(form)
  const known = await optionalUser(request)
  if (!maySignUp(request)) return tooManyTries({ problem: 'problem.too_many', typed })

  const { db, headers } = known.me ? known : openSupabase(request)
  const read = readForm(signUpTenant.input, form)
  const person = known.me ? null : readForm(newPerson, form)
  if (!read.ok || person?.ok === false) {
    const errors = { ...(read.ok ? {} : read.errors), ...(person?.ok === false && person.errors) }
    return data({ errors, typed }, { status: 400, headers })
  }

  if (person) {
    const { email, password } = person.value
    if (!mayTryPassword(request, email)) return tooManyTries({ problem: 'problem.too_many', typed })
    const fullName = read.value.full_name
    const confirmedAt = `${env().SITE_URL}/sign-up`
    const entered = await enterAsNew(db, { email, password, fullName, confirmedAt })
    if (!entered.ok) return data({ problem: entered.problem, typed }, { status: 400, headers })
    if (!entered.hasSession) return data({ isMailSent: true, typed }, { headers })
  }

  const { error } = await db.rpc(signUpTenant.name, read.value)
  if (error) return data({ ...expectRefusal(error), typed }, { status: 409, headers })

  // The next token names the new ISP.
  await db.auth.refreshSession()
  throw redirect('/office', { headers })
}

export default function SignUp() {
  const { person } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const t = useT('auth')

  if (answer && 'isMailSent' in answer) {
    return (
      <AuthShell title={t('check_mail.title')}>
        <Banner kind="info">{t('check_mail.confirm', { email: answer.typed.email ?? '' })}</Banner>
      </AuthShell>
    )
  }

  return (
    <AuthShell
      title={t('sign_up.title')}
      lead={person ? t('sign_up.signed_in', { name: person.name }) : t('sign_up.lead')}
      footer={
        person ? null : (
          <>
            {t('sign_up.have_account')} <AuthLink to="/sign-in">{t('sign_in')}</AuthLink>
          </>
        )
      }
    >
      <AuthProblem answer={answer} signInTo="/sign-in" />
      <Form method="post">
        <FormBody>
          <AuthField
            name="trade_name"
            labelKey="field.trade_name"
            hintKey="field.trade_name.hint"
            autoComplete="organization"
            autoCapitalize="words"
            maxLength={120}
            autoFocus
            answer={answer}
          />
          <AuthField
            name="full_name"
            labelKey="field.full_name"
            autoComplete="name"
            autoCapitalize="words"
            maxLength={120}
            defaultValue={person?.fullName}
            answer={answer}
          />
          {person ? null : (
            <>
              <AuthField
                name="email"
                type="email"
                labelKey="field.email"
                autoComplete="username"
                answer={answer}
              />
              <AuthField
                name="password"
                type="password"
                labelKey="field.new_password"
                hintKey="field.new_password.hint"
                autoComplete="new-password"
                minLength={8}
                answer={answer}
              />
            </>
          )}
          <SubmitButton wide>{t('sign_up.submit')}</SubmitButton>
        </FormBody>
      </Form>
    </AuthShell>
  )
}
