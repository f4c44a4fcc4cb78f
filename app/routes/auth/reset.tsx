import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { landingOf } from '~/server/contexts.server'
import { formOf, readForm } from '~/server/form.server'
import { readMe } from '~/server/guard.server'
import { authProblem, newPassword } from '~/server/session.server'
import { openSupabase } from '~/server/supabase.server'
import { AuthField, AuthLink, AuthProblem, FormBody, useAuthText } from '~/ui/auth/form-parts'
import { Banner } from '~/ui/base/banner'
import { SubmitButton } from '~/ui/base/button'
import { AuthShell } from '~/ui/layout/auth-shell'

export const handle = pageTexts('auth')

export const meta: MetaFunction = () => [
  { title: 'New password · Linyada' },
  // The secret of the link must not travel on.
  { name: 'referrer', content: 'same-origin' },
]

const input = z.object({
  token_hash: z.string({ error: 'problem.link_used' }).max(400, 'problem.link_used'),
  password: newPassword,
})

export function loader({ request }: LoaderFunctionArgs) {
  return { tokenHash: new URL(request.url).searchParams.get('token_hash') ?? '' }
}

/** The link is used up here and not when it is opened, because mail programs open links by themselves. */
export async function action({ request }: ActionFunctionArgs) {
  const read = readForm(input, await formOf(request))
  if (!read.ok)
    return data({ errors: read.errors, problem: read.errors.token_hash }, { status: 400 })

  const { db, headers } = openSupabase(request)
  const { token_hash, password } = read.value
  const verified = await db.auth.verifyOtp({ type: 'recovery', token_hash })
  if (verified.error) return data({ problem: linkProblem(verified.error) }, { status: 400 })

  const { error } = await db.auth.updateUser({ password })
  if (error && error.code !== 'same_password') {
    return data({ problem: authProblem(error), isLinkGone: true }, { status: 400 })
  }
  // Whoever knew the old password is out, with the token they hold too.
  await db.auth.signOut({ scope: 'others' })
  await db.rpc('sign_out')
  await db.auth.refreshSession()
  const me = await readMe(db)
  throw redirect(me ? landingOf(me) : '/sign-in', { headers })
}

/** Auth has several words for a link it does not take. */
function linkProblem(error: Parameters<typeof authProblem>[0]) {
  const isOurs = error.name !== 'AuthRetryableFetchError' && error.status !== 429
  return isOurs && (error.status ?? 500) < 500 ? 'problem.link_used' : authProblem(error)
}

export default function Reset() {
  const { tokenHash } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const t = useT('auth')
  const text = useAuthText()
  const isGone =
    !tokenHash || answer?.problem === 'problem.link_used' || (answer && 'isLinkGone' in answer)

  return (
    <AuthShell
      title={t('reset.title')}
      lead={isGone ? null : t('reset.lead')}
      footer={<AuthLink to="/sign-in">{t('back_to_sign_in')}</AuthLink>}
    >
      {isGone ? (
        <Banner kind="danger">
          {text(answer?.problem ?? 'problem.link_used')}{' '}
          <AuthLink to="/forgot">{t('reset.ask_again')}</AuthLink>
        </Banner>
      ) : (
        <>
          <AuthProblem answer={answer} />
          <Form method="post">
            <input type="hidden" name="token_hash" value={tokenHash} />
            <FormBody>
              <AuthField
                name="password"
                type="password"
                labelKey="field.new_password"
                hintKey="field.new_password.hint"
                autoComplete="new-password"
                minLength={8}
                autoFocus
                answer={answer}
              />
              <SubmitButton wide>{t('reset.submit')}</SubmitButton>
            </FormBody>
          </Form>
        </>
      )}
    </AuthShell>
  )
}
