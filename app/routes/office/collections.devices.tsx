import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { approveDevice } from '~/commands/approve-device'
import { revokeDevice } from '~/commands/revoke-device'
import { wipeDevice } from '~/commands/wipe-device'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import type { Db } from '~/server/supabase.server'
import { Banner } from '~/ui/base/banner'
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
  return data({ devices: inOrder(devices as Array<Device>) }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.settle')
  const form = await formOf(request, me)
  const answer = await decide(form, db)
  return data(answer.reply, { status: answer.ok ? 200 : 409, headers })
}

/** What waits for somebody first, what is over last. */
function inOrder(devices: ReadonlyArray<Device>) {
  const places = { pending: 0, wiping: 1, active: 2, revoked: 3 }
  return [...devices].sort((a, b) => places[a.status] - places[b.status])
}

function decide(form: FormData, db: Db) {
  switch (form.get('intent')) {
    case 'approve':
      return sendCommand(form, approveDevice.input, (value) => db.rpc(approveDevice.name, value))
    case 'wipe':
      return sendCommand(form, wipeDevice.input, (value) => db.rpc(wipeDevice.name, value))
    default:
      return sendCommand(form, revokeDevice.input, (value) => db.rpc(revokeDevice.name, value))
  }
}

export default function Devices() {
  const { devices } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const waiting = devices.filter(({ status }) => status === 'pending').length

  return (
    <>
      <PageHeader title={t('board.title')} />
      <CollectionTabs />
      {waiting > 0 ? (
        <Banner kind="warn" className="mb-4">
          {t('devices.waiting_banner', { count: waiting })}
        </Banner>
      ) : null}
      <Card flush>
        <DeviceTable devices={devices} />
      </Card>
    </>
  )
}
