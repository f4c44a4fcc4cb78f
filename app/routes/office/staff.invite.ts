import { data, type ActionFunctionArgs } from '@remix-run/node'
import { inviteMember } from '~/commands/invite-member'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { handOver } from '~/server/invite.server'

/** Makes the link by which one person joins as staff. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'members.manage')
  const answer = await sendCommand(await formOf(request, me), inviteMember.input, (invitation) =>
    db.rpc(inviteMember.name, { invitation }),
  )
  if (!answer.ok) return data({ reply: answer.reply, invitation: null }, { status: 409, headers })
  const invitation = await handOver(answer.result, me.tenant.trade_name)
  return data({ reply: answer.reply, invitation }, { headers })
}
