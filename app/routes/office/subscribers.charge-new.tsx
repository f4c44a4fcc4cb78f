import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saveCharge } from '~/commands/save-charge'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { servicesOf } from '~/server/services.server'
import { findSubscriber } from '~/server/subscribers.server'
import { PageHeader } from '~/ui/base/page-header'
import { ChargeForm } from '~/ui/charges/charge-form'

export const handle = pageTexts('charges')
export const meta: MetaFunction = () => [{ title: 'New charge · Linyada' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'invoices.manage')
  const subscriber = await findSubscriber(db, params.subscriberId)
  const services = await servicesOf(db, subscriber.id)
  return data({ id: newId(), subscriber, services }, { headers })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'invoices.manage')
  const answer = await sendCommand(await formOf(request, me), saveCharge.input, (charge) =>
    db.rpc(saveCharge.name, { charge }),
  )
  if (!answer.ok) return data(answer.reply, { status: 400, headers })
  return redirect(`/office/subscribers/${params.subscriberId}/charges`, { headers })
}

export default function NewCharge() {
  const { id, subscriber, services } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT('charges')
  const back = `/office/subscribers/${subscriber.id}/charges`

  return (
    <>
      <PageHeader
        title={t('new')}
        lead={t('new_lead', { name: subscriber.name })}
        back={{ to: back, label: subscriber.name }}
      />
      <ChargeForm
        id={id}
        subscriberId={subscriber.id}
        services={services}
        reply={reply}
        cancelTo={back}
      />
    </>
  )
}
