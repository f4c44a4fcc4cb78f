import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { startSubscription } from '~/commands/start-subscription'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { sendCommand } from '~/server/command.server'
import { formOf } from '~/server/form.server'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { plansOf } from '~/server/plans.server'
import { findSubscriber } from '~/server/subscribers.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { StartServiceForm } from '~/ui/subscribers/start-service-form'

export const handle = pageTexts('subscribers', 'catalog')
export const meta: MetaFunction = () => [{ title: 'Add a service · Linyada' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.manage')
  const [subscriber, plans] = await Promise.all([
    findSubscriber(db, params.subscriberId),
    plansOf(db),
  ])
  return data(
    {
      id: newId(),
      subscriber,
      plans: plans.filter((plan) => plan.is_active),
      canAddPlan: me.permissions.includes('plans.manage'),
    },
    { headers },
  )
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.manage')
  const answer = await sendCommand(
    await formOf(request, me),
    startSubscription.input,
    (subscription) => db.rpc(startSubscription.name, { subscription }),
  )
  if (!answer.ok) return data(answer.reply, { status: 400, headers })
  return redirect(`/office/subscribers/${params.subscriberId}`, { headers })
}

export default function NewService() {
  const { id, subscriber, plans, canAddPlan } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const t = useT('subscribers')
  const home = `/office/subscribers/${subscriber.id}`

  return (
    <>
      <PageHeader title={t('service.add')} back={{ to: home, label: subscriber.name }} />
      {plans.length > 0 ? (
        <StartServiceForm
          id={id}
          subscriberId={subscriber.id}
          plans={plans}
          reply={reply}
          cancelTo={home}
        />
      ) : (
        <Card>
          <EmptyState
            title={t('service.no_plans')}
            actions={
              canAddPlan ? (
                <LinkButton variant="primary" to="/office/settings/plans/new">
                  {t('service.make_plan')}
                </LinkButton>
              ) : undefined
            }
          >
            {t('service.no_plans_body', {
              name: subscriber.name,
            })}
          </EmptyState>
        </Card>
      )}
    </>
  )
}
