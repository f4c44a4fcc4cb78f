import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saveLogo } from '~/commands/save-logo'
import { saveTenant } from '~/commands/save-tenant'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { IspForm, type IspDetails } from '~/ui/settings/isp-form'
import { LogoCard } from '~/ui/settings/logo-card'
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
    .select(
      'trade_name, legal_name, tin, address, phone, email, brand_color, logo_path, time_zone, currency',
    )
    .single()
    .overrideTypes<IspDetails & { logo_path: string | null }, { merge: false }>()
    .throwOnError()
  return data({ isp }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'settings.manage')
  const form = await formOf(request, me)
  const answer =
    form.get('intent') === 'logo'
      ? await sendCommand(form, saveLogo.input, (logo) => db.rpc(saveLogo.name, { logo }))
      : await sendCommand(form, saveTenant.input, (tenant) => db.rpc(saveTenant.name, { tenant }))
  return data(answer.reply, { status: answer.ok ? 200 : 400, headers })
}

export default function IspSettings() {
  const { isp } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <>
      <IspForm isp={isp} reply={reply} />
      <LogoCard logoPath={isp.logo_path} />
    </>
  )
}
