import { data, type ActionFunctionArgs } from '@remix-run/node'
import { revokeLogin } from '~/commands/revoke-login'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'

/** Ends a person's way into a subscriber's portal. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.manage')
  const answer = await sendCommand(await formOf(request, me), revokeLogin.input, (value) =>
    db.rpc(revokeLogin.name, value),
  )
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}
