import { data, type ActionFunctionArgs } from '@remix-run/node'
import { inviteSubscriber } from '~/commands/invite-subscriber'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { handOver } from '~/server/invite.server'

/** Makes a portal link for a subscriber. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.manage')
  const answer = await sendCommand(
    await formOf(request, me),
    inviteSubscriber.input,
    (invitation) => db.rpc(inviteSubscriber.name, { invitation }),
  )
  if (!answer.ok) return data({ reply: answer.reply, invitation: null }, { status: 409, headers })
  const invitation = await handOver(answer.result, me.tenant.trade_name)
  return data({ reply: answer.reply, invitation }, { headers })
}
