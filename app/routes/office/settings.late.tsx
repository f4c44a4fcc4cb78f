import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saveDunningSettings } from '~/commands/save-dunning-settings'
import { dunningSettingsColumns, type DunningSettings } from '~/domain/dunning'
import { pageTexts } from '~/i18n/page-texts'
import { sendCommand } from '~/server/command.server'
import { previewDunning } from '~/server/dunning.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { CalendarForm } from '~/ui/dunning/calendar-form'

export const handle = pageTexts('dunning')

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'settings.manage')
  const [settings, preview] = await Promise.all([
    db
      .from('billing_settings')
      .select(dunningSettingsColumns)
      .single()
      .overrideTypes<DunningSettings, { merge: false }>()
      .throwOnError(),
    previewDunning(db, {}),
  ])
  return data({ settings: settings.data, preview }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'settings.manage')
  const answer = await sendCommand(
    await formOf(request, me),
    saveDunningSettings.input,
    (settings) => db.rpc(saveDunningSettings.name, { settings }),
  )
  return data(answer.reply, { status: answer.ok ? 200 : 400, headers })
}

export default function LateSettings() {
  const { settings, preview } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return <CalendarForm settings={settings} preview={preview} reply={reply} />
}
