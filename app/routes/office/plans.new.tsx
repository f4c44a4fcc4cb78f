import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { savePlan } from '~/commands/save-plan'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { SectionHeader } from '~/ui/base/page-header'
import { PlanForm } from '~/ui/plans/plan-form'

export async function loader({ request }: LoaderFunctionArgs) {
  const { headers } = await requireMember(request, 'plans.manage')
  return data({ id: newId() }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'plans.manage')
  const answer = await sendCommand(await formOf(request, me), savePlan.input, (plan) =>
    db.rpc(savePlan.name, { plan }),
  )
  if (!answer.ok) return data(answer.reply, { status: 400, headers })
  return redirect('/office/settings/plans', { headers })
}

export default function NewPlan() {
  const { id } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT('catalog')
  return (
    <>
      <SectionHeader title={t('add')} />
      <PlanForm id={id} reply={reply} />
    </>
  )
}
