import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { landingOf } from '~/server/contexts.server'
import { formOf, readForm, typedOf } from '~/server/form.server'
import { optionalUser, readMe } from '~/server/guard.server'
import { localPath } from '~/server/local-path'
import { mayTryPassword, passwordWasRight, tooManyTries } from '~/server/rate-limit.server'
import { authProblem, emailOfName, signInName } from '~/server/session.server'
import { openSupabase } from '~/server/supabase.server'
import { AuthField, AuthLink, AuthProblem, FormBody } from '~/ui/auth/form-parts'
import { Banner } from '~/ui/base/banner'
import { SubmitButton } from '~/ui/base/button'
import { AuthShell } from '~/ui/layout/auth-shell'

export const handle = pageTexts('auth')

export const meta: MetaFunction = () => [{ title: 'Sign in · Linyada' }]

const input = z.object({
  name: signInName,
  password: z.string({ error: 'error.password_missing' }).max(1000, 'error.password_long'),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const { me, headers } = await optionalUser(request)
  const url = new URL(request.url)
  const to = localPath(url.searchParams.get('to'), '')
  if (me) throw redirect(to || landingOf(me), { headers })

  const done = url.searchParams.get('done')
  return data({ to, done }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await formOf(request)
  const read = readForm(input, form)
  if (!read.ok) return data(read, { status: 400 })

  const { name, password } = read.value
  const typed = typedOf(form)
  if (!mayTryPassword(request, name)) return tooManyTries({ problem: 'problem.too_many', typed })

  const { db, headers } = openSupabase(request)
  const { error } = await db.auth.signInWithPassword({ email: emailOfName(name), password })
  if (error) return data({ problem: authProblem(error), typed }, { status: 400 })
  passwordWasRight(request, name)

  const me = await readMe(db)
  if (!me) return data({ problem: 'problem.unreachable', typed }, { status: 503 })
  const to = localPath(form.get('to'), '')
  const choice = me.contexts.length > 1 ? '/switch' : landingOf(me)
  throw redirect(to || choice, { headers })
}

export default function SignIn() {
  const { to, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const t = useT('auth')
  const passOn = to ? `?to=${encodeURIComponent(to)}` : ''

  return (
    <AuthShell
      title={t('sign_in.title')}
      lead={t('sign_in.lead')}
      footer={
        <>
          {t('sign_in.no_isp')} <AuthLink to="/sign-up">{t('sign_in.sign_up')}</AuthLink>
        </>
      }
    >
      {done === 'signed-out' ? (
        <Banner kind="success" title={t('signed_out.title')} className="mb-5">
          {t('signed_out.phone')}
        </Banner>
      ) : null}
      <AuthProblem answer={answer} />
      <Form method="post" noValidate={false}>
        <input type="hidden" name="to" value={to} />
        <FormBody>
          <AuthField
            name="name"
            labelKey="field.name"
            hintKey="field.name.hint"
            autoComplete="username"
            enterKeyHint="next"
            autoFocus
            answer={answer}
          />
          <AuthField
            name="password"
            type="password"
            labelKey="field.password"
            autoComplete="current-password"
            enterKeyHint="go"
            answer={answer}
          />
          <SubmitButton wide>{t('sign_in')}</SubmitButton>
          <p>
            <AuthLink to={`/forgot${passOn}`}>{t('sign_in.forgot')}</AuthLink>
          </p>
        </FormBody>
      </Form>
    </AuthShell>
  )
}
