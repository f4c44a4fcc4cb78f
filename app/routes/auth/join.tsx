import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { acceptInvitation } from '~/commands/accept-invitation'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { pathOfHome } from '~/server/contexts.server'
import { env } from '~/server/env.server'
import { formOf, readForm, typedOf } from '~/server/form.server'
import { optionalUser } from '~/server/guard.server'
import { readInvitation } from '~/server/invitation.server'
import { mayTryPassword, tooManyTries } from '~/server/rate-limit.server'
import { expectRefusal } from '~/server/refusal.server'
import {
  emailAddress,
  emailOfName,
  enterAsNew,
  nameOfEmail,
  newPassword,
  signInNameOf,
} from '~/server/session.server'
import { openSupabase } from '~/server/supabase.server'
import { AuthLink, AuthProblem } from '~/ui/auth/form-parts'
import { JoinAsKnown, JoinAsNew, Joined } from '~/ui/auth/join-forms'
import { Banner } from '~/ui/base/banner'
import { AuthShell } from '~/ui/layout/auth-shell'

export const handle = pageTexts('auth')

export const meta: MetaFunction = () => [
  { title: 'Join · Linyada' },
  { name: 'referrer', content: 'same-origin' },
]

const newPerson = z.object({
  full_name: acceptInvitation.input.shape.full_name,
  email: emailAddress.optional(),
  password: newPassword,
})

export async function loader({ request, params }: LoaderFunctionArgs) {
  const token = params.token ?? ''
  const [invitation, { me, headers }] = await Promise.all([
    readInvitation(request, token),
    optionalUser(request),
  ])
  const person = me && { name: nameOfEmail(me.email ?? ''), fullName: me.full_name ?? '' }
  const signInName = invitation.account_no ? signInNameOf(invitation.account_no, token) : null
  return data({ token, invitation, person, signInName }, { headers })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const token = params.token ?? ''
  const form = await formOf(request)
  const typed = typedOf(form)
  const [invitation, known] = await Promise.all([
    readInvitation(request, token),
    optionalUser(request),
  ])
  const isUsable = invitation.state === 'open' || (invitation.state === 'accepted' && known.me)
  if (!isUsable) return data({ problem: `join.${invitation.state}` }, { status: 409 })

  const { db, headers } = known.me ? known : openSupabase(request)
  let fullName = known.me?.full_name ?? invitation.full_name ?? ''
  let signInName: string | undefined

  if (!known.me) {
    const read = readForm(newPerson, form)
    if (!read.ok) return data(read, { status: 400 })
    fullName = read.value.full_name
    if (!read.value.email && !invitation.account_no) {
      return data({ errors: { email: 'error.email' }, typed }, { status: 400 })
    }
    if (!read.value.email) signInName = signInNameOf(invitation.account_no ?? '', token)

    const email = read.value.email ?? emailOfName(signInName ?? '')
    if (!mayTryPassword(request, email)) return tooManyTries({ problem: 'problem.too_many', typed })
    const { password } = read.value
    const confirmedAt = `${env().SITE_URL}/join/${token}`
    const entered = await enterAsNew(db, { email, password, fullName, confirmedAt })
    if (!entered.ok) return data({ problem: entered.problem, typed }, { status: 400, headers })
    if (!entered.hasSession) return data({ isMailSent: true, typed }, { headers })
  }

  const accept = acceptInvitation.input.parse({ token, full_name: fullName || '-' })
  const { data: joined, error } = await db.rpc(acceptInvitation.name, accept)
  if (error) return data({ ...expectRefusal(error), typed }, { status: 409, headers })

  await db.auth.refreshSession()
  const home = pathOfHome(String(joined.home))
  if (signInName) return data({ signInName, home }, { headers })
  throw redirect(home, { headers })
}

export default function Join() {
  const { token, invitation, person, signInName } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const t = useT('auth')
  const isp = invitation.trade_name
    ? { name: invitation.trade_name, brandColor: invitation.brand_color }
    : null

  if (answer && 'signInName' in answer) {
    return (
      <AuthShell title={t('joined.title')} isp={isp}>
        <Joined name={answer.signInName} home={answer.home} />
      </AuthShell>
    )
  }
  if (answer && 'isMailSent' in answer) {
    return (
      <AuthShell title={t('check_mail.title')} isp={isp}>
        <Banner kind="info">{t('check_mail.join', { email: answer.typed.email ?? '' })}</Banner>
      </AuthShell>
    )
  }
  if (invitation.state !== 'open') {
    return (
      <AuthShell title={t('join.closed')} isp={isp} lead={t(`join.${invitation.state}`)}>
        <AuthLink to={person ? '/switch' : '/sign-in'}>{t('sign_in')}</AuthLink>
      </AuthShell>
    )
  }

  const signInTo = `/sign-in?to=${encodeURIComponent(`/join/${token}`)}`
  const ispName = invitation.trade_name ?? ''
  const lead =
    invitation.kind === 'member'
      ? t('join.member', { isp: ispName, role: invitation.role_name ?? '' })
      : t('join.subscriber', { isp: ispName, account: invitation.account_no ?? '' })

  return (
    <AuthShell title={t('join.title', { isp: ispName })} lead={lead} isp={isp}>
      <AuthProblem answer={answer} signInTo={signInTo} />
      {person ? (
        <JoinAsKnown name={person.name} />
      ) : (
        <JoinAsNew
          fullName={invitation.full_name ?? ''}
          email={invitation.email ?? ''}
          signInName={signInName}
          signInTo={signInTo}
          answer={answer}
        />
      )}
    </AuthShell>
  )
}
