import { data, type ActionFunctionArgs } from '@remix-run/node'
import { closeHold } from '~/commands/close-hold'
import { openHold } from '~/commands/open-hold'
import { terminateSubscription } from '~/commands/terminate-subscription'
import { sendCommand } from '~/server/command.server'
import { requireMember } from '~/server/guard.server'

/** What the dialogs of a service send: hold it, lift a hold, end it. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, headers } = await requireMember(request, 'subscribers.manage')
  const form = await request.formData()

  async function send() {
    switch (form.get('intent')) {
      case 'open_hold':
        return sendCommand(form, openHold.input, (hold) => db.rpc(openHold.name, hold))
      case 'close_hold':
        return sendCommand(form, closeHold.input, (hold) => db.rpc(closeHold.name, hold))
      case 'terminate':
        return sendCommand(form, terminateSubscription.input, (end) =>
          db.rpc(terminateSubscription.name, end),
        )
      default:
        throw new Response(null, { status: 400 })
    }
  }

  const answer = await send()
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}
