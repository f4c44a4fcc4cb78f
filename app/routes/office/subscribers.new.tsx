import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saveSubscriber } from '~/commands/save-subscriber'
import { branchesOf } from '~/server/branches.server'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { barangaysOf, positionsOf } from '~/server/places.server'
import { PageHeader } from '~/ui/base/page-header'
import { SubscriberForm } from '~/ui/subscribers/subscriber-form'

export const handle = pageTexts('subscribers')
export const meta: MetaFunction = () => [{ title: 'Add a subscriber · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'subscribers.manage')
  const [barangays, branches, neighbours] = await Promise.all([
    barangaysOf(db),
    branchesOf(db),
    positionsOf(db),
  ])
  return data({ id: newId(), barangays, branches, neighbours }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.manage')
  const answer = await sendCommand(await formOf(request, me), saveSubscriber.input, (subscriber) =>
    db.rpc(saveSubscriber.name, { subscriber }),
  )
  if (!answer.ok) return data(answer.reply, { status: 400, headers })
  const { id } = answer.result as { id: string }
  return redirect(`/office/subscribers/${id}/services/new`, { headers })
}

export default function NewSubscriber() {
  const { id, barangays, branches, neighbours } = useLoaderData<typeof loader>()
  const t = useT('subscribers')
  const reply = useActionData<typeof action>()

  return (
    <>
      <PageHeader
        title={t('add_one')}
        lead={t('form.plan_next')}
        back={{ to: '/office/subscribers', label: t('title') }}
      />
      <SubscriberForm
        id={id}
        barangays={barangays}
        branches={branches}
        neighbours={neighbours}
        reply={reply}
        cancelTo="/office/subscribers"
      />
    </>
  )
}
