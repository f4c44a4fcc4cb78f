import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { endPlanDiscount } from '~/commands/end-plan-discount'
import { savePlan } from '~/commands/save-plan'
import { savePlanDiscount } from '~/commands/save-plan-discount'
import { setPlanPrice } from '~/commands/set-plan-price'
import { discountsOf } from '~/server/charges.server'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { findPlan } from '~/server/plans.server'
import { pageTexts } from '~/i18n/page-texts'
import { Badge } from '~/ui/base/badge'
import { SectionHeader } from '~/ui/base/page-header'
import { useT } from '~/i18n/use-t'
import { PlanDiscounts } from '~/ui/charges/plan-discounts'
import { PlanForm } from '~/ui/plans/plan-form'
import { PlanPrices } from '~/ui/plans/plan-prices'

export const handle = pageTexts('catalog', 'charges')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'plans.manage')
  const found = await findPlan(db, params.planId)
  return data(
    { ...found, discounts: await discountsOf(db, found.plan.id), discountId: newId() },
    { headers },
  )
}

/** The plan itself, or what its dialogs send: a price that begins on another day, a discount, its end. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'plans.manage')
  const form = await formOf(request, me)

  if (form.get('intent') === 'price') {
    const price = await sendCommand(form, setPlanPrice.input, (input) =>
      db.rpc(setPlanPrice.name, input),
    )
    return data(price.reply, { status: price.ok ? 200 : 409, headers })
  }

  if (form.get('intent') === 'discount') {
    const saved = await sendCommand(form, savePlanDiscount.input, (discount) =>
      db.rpc(savePlanDiscount.name, { discount }),
    )
    return data(saved.reply, { status: saved.ok ? 200 : 409, headers })
  }
  if (form.get('intent') === 'end_discount') {
    const ended = await sendCommand(form, endPlanDiscount.input, (input) =>
      db.rpc(endPlanDiscount.name, input),
    )
    return data(ended.reply, { status: ended.ok ? 200 : 409, headers })
  }

  const answer = await sendCommand(form, savePlan.input, (plan) => db.rpc(savePlan.name, { plan }))
  if (!answer.ok) return data(answer.reply, { status: 400, headers })
  return redirect('/office/settings/plans', { headers })
}

export default function EditPlan() {
  const { plan, prices, discounts, discountId } = useLoaderData<typeof loader>()
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
        <div className="flex min-w-0 flex-col gap-5">
          <PlanPrices planId={plan.id} prices={prices} />
          {plan.billing_mode === 'postpaid' ? (
            <PlanDiscounts planId={plan.id} newId={discountId} discounts={discounts} />
          ) : null}
        </div>
      </div>
    </>
  )
}
