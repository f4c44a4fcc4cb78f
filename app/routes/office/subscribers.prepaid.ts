import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { buyTime } from '~/commands/buy-time'
import { changePrepaidPlan } from '~/commands/change-prepaid-plan'
import { sendCommand } from '~/server/command.server'
import { readApprovalLimit, sendCorrection } from '~/server/corrections.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'
import { newId } from '~/server/new-id.server'
import { plansOf } from '~/server/plans.server'
import { boughtTimeOf, timeForCredit, waitingPlanOf } from '~/server/prepaid.server'

/** The time of one prepaid service, asked for by its card. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const service = idIn(new URL(request.url).searchParams.get('service'))
  if (!service) throw new Response(null, { status: 400 })
  const can = (permission: string) => me.permissions.includes(permission)
  const [periods, next, offer, plans, limitMinor] = await Promise.all([
    boughtTimeOf(db, [service]),
    waitingPlanOf(db, service, me.tenant.today),
    can('payments.record') ? timeForCredit(db, service) : null,
    can('subscribers.manage') ? plansOf(db) : [],
    readApprovalLimit(db),
  ])
  return data(
    {
      purchaseId: newId(),
      periods: periods.map((period) => ({ ...period, cancelId: newId() })),
      limitMinor,
      next,
      offer,
      plans: plans.filter((plan) => plan.billing_mode === 'prepaid' && plan.is_active),
    },
    { headers },
  )
}

/** What its dialogs send. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.read')
  const form = await formOf(request, me)

  async function send() {
    switch (form.get('intent')) {
      case 'buy':
        return sendCommand(form, buyTime.input, (purchase) => db.rpc(buyTime.name, { purchase }))
      case 'plan':
        return sendCommand(form, changePrepaidPlan.input, (input) =>
          db.rpc(changePrepaidPlan.name, input),
        )
      default:
        throw new Response(null, { status: 400 })
    }
  }

  if (form.get('intent') === 'time_cancel') {
    const { isDone, reply } = await sendCorrection(db, form)
    return data(reply, { status: isDone ? 200 : 409, headers })
  }
  const answer = await send()
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}
