import { data, type ActionFunctionArgs } from '@remix-run/node'
import { activateSubscription } from '~/commands/activate-subscription'
import { cancelPlanChange } from '~/commands/cancel-plan-change'
import { cancelSale } from '~/commands/cancel-sale'
import { changeBillDay } from '~/commands/change-bill-day'
import { changePlan } from '~/commands/change-plan'
import { closeHold } from '~/commands/close-hold'
import { endPause } from '~/commands/end-pause'
import { openHold } from '~/commands/open-hold'
import { pauseSubscription } from '~/commands/pause-subscription'
import { reactivateSubscription } from '~/commands/reactivate-subscription'
import { terminateSubscription } from '~/commands/terminate-subscription'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'

/** An end may ask a second person to give the deposit back. */
type Ended = { deposit?: { state?: string } }

/** What the dialogs of a service send: hold it, lift a hold, activate it, change its plan, pause it, end it, take it back. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.manage')
  const form = await formOf(request, me)

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
      case 'activate':
        return sendCommand(form, activateSubscription.input, (change) =>
          db.rpc(activateSubscription.name, { change }),
        )
      case 'cancel_sale':
        return sendCommand(form, cancelSale.input, (change) => db.rpc(cancelSale.name, { change }))
      case 'change_plan':
        return sendCommand(form, changePlan.input, (change) => db.rpc(changePlan.name, { change }))
      case 'cancel_plan_change':
        return sendCommand(form, cancelPlanChange.input, (change) =>
          db.rpc(cancelPlanChange.name, { change }),
        )
      case 'pause':
        return sendCommand(form, pauseSubscription.input, (change) =>
          db.rpc(pauseSubscription.name, { change }),
        )
      case 'end_pause':
        return sendCommand(form, endPause.input, (change) => db.rpc(endPause.name, { change }))
      case 'reactivate':
        return sendCommand(form, reactivateSubscription.input, (change) =>
          db.rpc(reactivateSubscription.name, { change }),
        )
      case 'bill_day':
        return sendCommand(form, changeBillDay.input, (change) =>
          db.rpc(changeBillDay.name, { change }),
        )
      default:
        throw new Response(null, { status: 400 })
    }
  }

  const answer = await send()
  const outcome = answer.ok ? (answer.result as Ended | null)?.deposit?.state : undefined
  return data({ ...answer.reply, outcome }, { status: answer.ok ? 200 : 409, headers })
}
