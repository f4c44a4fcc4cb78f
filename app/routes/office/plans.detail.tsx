import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { savePlan } from '~/commands/save-plan'
import { setPlanPrice } from '~/commands/set-plan-price'
import { sendCommand } from '~/server/command.server'
import { requireMember } from '~/server/guard.server'
import { findPlan } from '~/server/plans.server'
import { Badge } from '~/ui/base/badge'
import { SectionHeader } from '~/ui/base/page-header'
import { useT } from '~/i18n/use-t'
import { PlanForm } from '~/ui/plans/plan-form'
import { PlanPrices } from '~/ui/plans/plan-prices'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'plans.manage')
  return data(await findPlan(db, params.planId), { headers })
}

/** The plan itself, or a price that begins on another day (`intent=price`, from its dialog). */
export async function action({ request }: ActionFunctionArgs) {
  const { db, headers } = await requireMember(request, 'plans.manage')
  const form = await request.formData()

  if (form.get('intent') === 'price') {
    const price = await sendCommand(form, setPlanPrice.input, (input) =>
      db.rpc(setPlanPrice.name, input),
    )
    return data(price.reply, { status: price.ok ? 200 : 409, headers })
  }

  const answer = await sendCommand(form, savePlan.input, (plan) => db.rpc(savePlan.name, { plan }))
  if (!answer.ok) return data(answer.reply, { status: 400, headers })
  return redirect('/office/settings/plans', { headers })
}

export default function EditPlan() {
  const { plan, prices } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT('catalog')

  return (
    <>
      <SectionHeader
        title={
          <span className="flex items-center gap-2">
            {plan.name} <Badge>{t(`mode.${plan.billing_mode}`)}</Badge>
          </span>
        }
        lead={t('used_by', { count: plan.subscription_count })}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <PlanForm id={plan.id} plan={plan} reply={reply} />
        <PlanPrices planId={plan.id} prices={prices} />
      </div>
    </>
  )
}
