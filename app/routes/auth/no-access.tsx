import { data, redirect, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData, type MetaFunction } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { contextChoices, landingOf } from '~/server/contexts.server'
import { readMe, requireUser } from '~/server/guard.server'
import { nameOfEmail } from '~/server/session.server'
import { ContextList } from '~/ui/auth/context-list'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { AuthShell } from '~/ui/layout/auth-shell'

/** Signed in, but this ISP is closed to the person: revoked, or never a member of any. */

export const handle = pageTexts('auth')

export const meta: MetaFunction = () => [{ title: 'No access · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireUser(request)
  // The guard says it, because the token it renewed no longer names the place that was closed.
  const hasEnded = new URL(request.url).searchParams.has('ended')
  if (me.tenant && !hasEnded) throw redirect(landingOf(me), { headers })

  // Reinstated, or given another role: the next token knows.
  if (!me.tenant && me.contexts.some((context) => context.tenant_id === me.claimed_tenant_id)) {
    await db.auth.refreshSession()
    const renewed = await readMe(db)
    if (renewed?.tenant) throw redirect(landingOf(renewed), { headers })
  }

  const wasRevoked = hasEnded || me.claimed_tenant_id !== null
  const answer = { wasRevoked, name: nameOfEmail(me.email ?? ''), choices: contextChoices(me) }
  return data(answer, { status: 403, headers })
}

export default function NoAccess() {
  const { wasRevoked, name, choices } = useLoaderData<typeof loader>()
  const t = useT('auth')

  return (
    <AuthShell
      title={wasRevoked ? t('no_access.revoked') : t('no_access.title')}
      lead={wasRevoked ? t('no_access.revoked.lead') : t('no_access.none')}
      footer={t('no_access.signed_in_as', { name })}
    >
      {choices.length > 0 ? (
        <Form method="post" action="/switch" className="mb-6">
          <p className="mb-3 font-medium">{t('no_access.elsewhere')}</p>
          <ContextList choices={choices} />
        </Form>
      ) : null}
      <div className="flex flex-col gap-3">
        {choices.length === 0 && !wasRevoked ? (
          <LinkButton to="/sign-up" variant="primary" wide>
            {t('sign_in.sign_up')}
          </LinkButton>
        ) : null}
        <Form method="post" action="/sign-out">
          <SubmitButton wide variant="secondary">
            {t('sign_out')}
          </SubmitButton>
        </Form>
      </div>
    </AuthShell>
  )
}
