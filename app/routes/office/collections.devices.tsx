import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { revokeDevice } from '~/commands/revoke-device'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { DeviceTable, type Device } from '~/ui/collections/device-table'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Phones · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.read')
  const { data: devices } = await db
    .from('devices')
    .select()
    .order('last_seen_at', { ascending: false })
    .throwOnError()
  return data({ devices: devices as Array<Device> }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.settle')
  const answer = await sendCommand(await formOf(request, me), revokeDevice.input, (value) =>
    db.rpc(revokeDevice.name, value),
  )
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

export default function Devices() {
  const { devices } = useLoaderData<typeof loader>()
  const t = useT('collections')

  return (
    <>
      <PageHeader title={t('board.title')} />
      <CollectionTabs />
      <Card flush>
        <DeviceTable devices={devices} />
      </Card>
    </>
  )
}
