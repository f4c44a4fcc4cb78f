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
import { barangaysOf, positionsOf } from '~/server/places.server'
import { findSubscriber } from '~/server/subscribers.server'
import { PageHeader } from '~/ui/base/page-header'
import { SubscriberForm } from '~/ui/subscribers/subscriber-form'

export const handle = pageTexts('subscribers')
export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `Edit ${page.subscriber.name} · Linyada` : 'Linyada' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'subscribers.manage')
  const [subscriber, barangays, branches, neighbours] = await Promise.all([
    findSubscriber(db, params.subscriberId),
    barangaysOf(db),
    branchesOf(db),
    positionsOf(db),
  ])
  return data({ subscriber, barangays, branches, neighbours }, { headers })
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.manage')
  const answer = await sendCommand(await formOf(request, me), saveSubscriber.input, (subscriber) =>
    db.rpc(saveSubscriber.name, { subscriber }),
  )
  if (!answer.ok) return data(answer.reply, { status: 400, headers })
  const { id } = answer.result as { id: string }
  return redirect(`/office/subscribers/${id}`, { headers })
}

export default function EditSubscriber() {
  const { subscriber, barangays, branches, neighbours } = useLoaderData<typeof loader>()
  const t = useT('subscribers')
  const reply = useActionData<typeof action>()
  const home = `/office/subscribers/${subscriber.id}`

  return (
    <>
      <PageHeader
        title={t('form.edit', { name: subscriber.name })}
        back={{ to: home, label: subscriber.name }}
      />
      <SubscriberForm
        id={subscriber.id}
        subscriber={subscriber}
        barangays={barangays}
        branches={branches}
        neighbours={neighbours}
        reply={reply}
        cancelTo={home}
      />
    </>
  )
}
