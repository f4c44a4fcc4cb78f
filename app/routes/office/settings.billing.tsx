import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saveBillingSettings } from '~/commands/save-billing-settings'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import {
  BillingSettingsForm,
  billingSettingsColumns,
  type BillingSettings,
} from '~/ui/settings/billing-settings-form'

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'settings.manage')
  const { data: settings } = await db
    .from('billing_settings')
    .select(billingSettingsColumns)
    .single()
    .overrideTypes<BillingSettings, { merge: false }>()
    .throwOnError()
  return data({ settings }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'settings.manage')
  const answer = await sendCommand(
    await formOf(request, me),
    saveBillingSettings.input,
    (settings) => db.rpc(saveBillingSettings.name, { settings }),
  )
  return data(answer.reply, { status: answer.ok ? 200 : 400, headers })
}

export default function BillingSettingsPage() {
  const { settings } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return <BillingSettingsForm settings={settings} reply={reply} />
}
