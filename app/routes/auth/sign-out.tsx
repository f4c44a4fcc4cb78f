import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, type MetaFunction } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireUser } from '~/server/guard.server'
import { forgetSession, openAnonymous, openSupabase } from '~/server/supabase.server'
import { AuthLink } from '~/ui/auth/form-parts'
import { SubmitButton } from '~/ui/base/button'
import { AuthShell } from '~/ui/layout/auth-shell'

export const handle = pageTexts('auth')

export const meta: MetaFunction = () => [{ title: 'Sign out · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  await requireUser(request)
  return null
}

export async function action({ request }: ActionFunctionArgs) {
  const { db } = openSupabase(request)
  const headers = new Headers()
  // Whatever Supabase answers, this browser forgets. The session ends before its tokens: the other way round, a request of this
  // page that is on its way would find its token dead, renew the session that still lives, and sign in again.
  const { data } = await db.auth.getSession()
  await db.auth.signOut({ scope: 'local' }).catch(() => undefined)
  if (data.session) await openAnonymous(request, data.session.access_token).rpc('sign_out')
  forgetSession(request, headers)
  return redirect('/sign-in?done=signed-out', { headers })
}

export default function SignOut() {
  const t = useT('auth')
  return (
    <AuthShell
      title={t('sign_out.title')}
      lead={t('signed_out.phone')}
      footer={<AuthLink to="/">{t('sign_out.stay')}</AuthLink>}
    >
      <Form method="post">
        <SubmitButton wide>{t('sign_out')}</SubmitButton>
      </Form>
    </AuthShell>
  )
}
