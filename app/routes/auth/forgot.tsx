import { data, type ActionFunctionArgs } from '@remix-run/node'
import { Form, useActionData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { env } from '~/server/env.server'
import { formOf, readForm, typedOf } from '~/server/form.server'
import { mayAskForMail, tooManyTries } from '~/server/rate-limit.server'
import { authProblem, emailAddress } from '~/server/session.server'
import { openSupabase } from '~/server/supabase.server'
import { AuthField, AuthLink, AuthProblem, FormBody } from '~/ui/auth/form-parts'
import { Banner } from '~/ui/base/banner'
import { SubmitButton } from '~/ui/base/button'
import { AuthShell } from '~/ui/layout/auth-shell'

export const handle = pageTexts('auth')

export const meta: MetaFunction = () => [{ title: 'New password · Linyada' }]

const input = z.object({ email: emailAddress })

export async function action({ request }: ActionFunctionArgs) {
  const form = await formOf(request)
  const read = readForm(input, form)
  if (!read.ok) return data(read, { status: 400 })

  const typed = typedOf(form)
  const { email } = read.value
  if (!mayAskForMail(request, email)) return tooManyTries({ problem: 'problem.too_many', typed })

  const { db, headers } = openSupabase(request)
  const { error } = await db.auth.resetPasswordForEmail(email, {
    redirectTo: `${env().SITE_URL}/reset`,
  })
  if (error) return data({ problem: authProblem(error), typed }, { status: 400 })

  // The same answer whether the address is known or not: nobody learns who has an account here.
  return data({ isMailSent: true, typed }, { headers })
}

export default function Forgot() {
  const answer = useActionData<typeof action>()
  const t = useT('auth')

  return (
    <AuthShell
      title={t('forgot.title')}
      lead={t('forgot.lead')}
      footer={<AuthLink to="/sign-in">{t('back_to_sign_in')}</AuthLink>}
    >
      <AuthProblem answer={answer} />
      {answer && 'isMailSent' in answer ? (
        <Banner kind="success" title={t('check_mail.title')}>
          {t('check_mail.reset', { email: answer.typed.email ?? '' })}
        </Banner>
      ) : (
        <Form method="post">
          <FormBody>
            <AuthField
              name="email"
              type="email"
              labelKey="field.email"
              autoComplete="username"
              autoFocus
              answer={answer}
            />
            <SubmitButton wide>{t('forgot.submit')}</SubmitButton>
            <p className="text-sm text-soft">{t('forgot.no_email')}</p>
          </FormBody>
        </Form>
      )}
    </AuthShell>
  )
}
