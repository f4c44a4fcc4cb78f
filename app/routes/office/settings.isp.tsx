import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saveTenant } from '~/commands/save-tenant'
import { sendCommand } from '~/server/command.server'
import { requireMember } from '~/server/guard.server'
import { IspForm, type IspDetails } from '~/ui/settings/isp-form'
import { openTabs } from '~/ui/settings/settings-tabs'

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request)
  if (!me.permissions.includes('settings.manage')) {
    const first = openTabs(me.permissions)[0]
    if (!first) throw data({ reason: 'permission_missing' }, { status: 403, headers })
    throw redirect(first.to, { headers })
  }
  const { data: isp } = await db
    .from('tenant')
    .select('trade_name, legal_name, tin, address, phone, email, brand_color, time_zone, currency')
    .single()
    .overrideTypes<IspDetails, { merge: false }>()
    .throwOnError()
  return data({ isp }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, headers } = await requireMember(request, 'settings.manage')
  const answer = await sendCommand(await request.formData(), saveTenant.input, (tenant) =>
    db.rpc(saveTenant.name, { tenant }),
  )
  return data(answer.reply, { status: answer.ok ? 200 : 400, headers })
}

export default function IspSettings() {
  const { isp } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return <IspForm isp={isp} reply={reply} />
}
