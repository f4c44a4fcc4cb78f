import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, useNavigate } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { idIn } from '~/server/list-query.server'
import { newId } from '~/server/new-id.server'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { findSubscribers } from '~/ui/payments/ask'
import { SubscriberPicker } from '~/ui/people/subscriber-picker'

export const handle = pageTexts('billing', 'collections')
export const meta: MetaFunction = () => [{ title: 'New invoice · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { headers } = await requireMember(request, 'invoices.manage')
  const subscriber = idIn(new URL(request.url).searchParams.get('subscriber'))
  if (subscriber) throw redirect(draftOf(newId(), subscriber), { headers })
  return data({ id: newId() }, { headers })
}

const draftOf = (id: string, subscriberId: string) =>
  `/office/invoices/drafts/${id}?subscriber=${subscriberId}`

/** Whom is it for? The draft has its address from here on, so going back or reloading never makes a second one. */
export default function NewInvoice() {
  const { id } = useLoaderData<typeof loader>()
  const navigate = useNavigate()
  const t = useT('billing')

  return (
    <div className="mx-auto max-w-xl">
      <PageHeader
        back={{ to: '/office/invoices', label: t('invoice.back') }}
        title={t('drafts.new')}
      />
      <Card title={t('drafts.who')} lead={t('drafts.who_hint')}>
        <SubscriberPicker
          autoFocus
          find={findSubscribers}
          onPick={(subscriber) => navigate(draftOf(id, subscriber.id))}
        />
      </Card>
    </div>
  )
}
