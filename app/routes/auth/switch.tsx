import {
  data,
  redirectDocument,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { switchContext } from '~/commands/switch-context'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { contextChoices, contextOfKey, pathOfHome } from '~/server/contexts.server'
import { formOf } from '~/server/form.server'
import { requireUser } from '~/server/guard.server'
import { localPath } from '~/server/local-path'
import { expectRefusal } from '~/server/refusal.server'
import { ContextList } from '~/ui/auth/context-list'
import { AuthLink, AuthProblem } from '~/ui/auth/form-parts'
import { AuthShell } from '~/ui/layout/auth-shell'

export const handle = pageTexts('auth')

export const meta: MetaFunction = () => [{ title: 'Choose · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { me, headers } = await requireUser(request)
  const to = localPath(new URL(request.url).searchParams.get('to'), '')
  return data({ to, choices: contextChoices(me) }, { headers })
}

/** Posted here by this page and by the account menu of every shell: `context`, and where to go on. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireUser(request)
  const form = await formOf(request)
  const context = contextOfKey(me, form.get('context'))
  if (!context) return data({ problem: 'problem.no_such_context' }, { status: 403, headers })

  const { error } = await db.rpc(switchContext.name, switchContext.input.parse(context))
  if (error) return data(expectRefusal(error), { status: 403, headers })

  await db.auth.refreshSession()
  // A new document: nothing of the place before is left on the screen.
  throw redirectDocument(localPath(form.get('to'), pathOfHome(context.home)), { headers })
}

export default function Switch() {
  const { to, choices } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const t = useT('auth')

  return (
    <AuthShell
      title={t('switch.title')}
      lead={
        choices.length === 0 ? t('no_access.none') : choices.length > 1 ? t('switch.lead') : null
      }
      footer={<AuthLink to="/sign-out">{t('sign_out')}</AuthLink>}
    >
      <AuthProblem answer={answer} />
      <Form method="post">
        <input type="hidden" name="to" value={to} />
        <ContextList choices={choices} />
      </Form>
    </AuthShell>
  )
}
