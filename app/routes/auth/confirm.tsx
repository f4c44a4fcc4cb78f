import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { landingOf } from '~/server/contexts.server'
import { formOf, readForm } from '~/server/form.server'
import { readMe } from '~/server/guard.server'
import { openSupabase } from '~/server/supabase.server'
import { AuthLink, AuthProblem } from '~/ui/auth/form-parts'
import { SubmitButton } from '~/ui/base/button'
import { AuthShell } from '~/ui/layout/auth-shell'

/** Where the links of Supabase's mails lead. A person presses a button, because mail programs open links too. */

export const handle = pageTexts('auth')

export const meta: MetaFunction = () => [
  { title: 'Confirm · Linyada' },
  { name: 'referrer', content: 'same-origin' },
]

const input = z.object({
  token_hash: z.string().max(400),
  type: z.enum(['signup', 'email', 'email_change', 'magiclink', 'invite']),
})

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const tokenHash = searchParams.get('token_hash') ?? ''
  const type = searchParams.get('type') ?? 'email'
  if (type === 'recovery') {
    throw redirect(`/reset?token_hash=${encodeURIComponent(tokenHash)}`)
  }
  return { tokenHash, type }
}

export async function action({ request }: ActionFunctionArgs) {
  const read = readForm(input, await formOf(request))
  if (!read.ok) return data({ problem: 'problem.link_used' }, { status: 400 })

  const { db, headers } = openSupabase(request)
  const { error } = await db.auth.verifyOtp(read.value)
  if (error) return data({ problem: 'problem.link_used' }, { status: 400 })

  const me = await readMe(db)
  throw redirect(me ? landingOf(me) : '/sign-in', { headers })
}

export default function Confirm() {
  const { tokenHash, type } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const t = useT('auth')

  return (
    <AuthShell
      title={t('confirm.title')}
      lead={t('confirm.lead')}
      footer={<AuthLink to="/sign-in">{t('back_to_sign_in')}</AuthLink>}
    >
      <AuthProblem answer={answer} />
      <Form method="post">
        <input type="hidden" name="token_hash" value={tokenHash} />
        <input type="hidden" name="type" value={type} />
        <SubmitButton wide>{t('confirm.submit')}</SubmitButton>
      </Form>
    </AuthShell>
  )
}
