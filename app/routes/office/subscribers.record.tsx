import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData, useOutletContext } from '@remix-run/react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { newId } from '~/server/new-id.server'
import { findSubscriber } from '~/server/subscribers.server'
import { TabLinks } from '~/ui/base/tabs'
import { useOffice } from '~/ui/office/office-context'
import { RecordHeader } from '~/ui/subscribers/record-header'
import type { Subscriber } from '~/domain/subscriber'

export const handle = pageTexts(
  'subscribers',
  'billing',
  'collections',
  'settings',
  'charges',
  'corrections',
)
export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `${page.subscriber.name} · ${page.subscriber.account_no}` : 'Linyada' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'subscribers.read')
  const subscriber = await findSubscriber(db, params.subscriberId)
  return data({ subscriber, invitationId: newId(), correctionId: newId() }, { headers })
}

/** The parts below show the same subscriber. */
export function useRecord() {
  return useOutletContext<{ subscriber: Subscriber }>()
}

export default function SubscriberRecord() {
  const { subscriber, invitationId, correctionId } = useLoaderData<typeof loader>()
  const t = useT('subscribers')
  const { can } = useOffice()
  const home = `/office/subscribers/${subscriber.id}`

  return (
    <>
      <RecordHeader
        subscriber={subscriber}
        invitationId={invitationId}
        correctionId={correctionId}
      />
      <TabLinks
        label={t('record.parts')}
        tabs={[
          { to: home, label: t('record.overview'), end: true },
          ...(can('billing.read') ? [{ to: `${home}/invoices`, label: t('record.invoices') }] : []),
          ...(can('payments.read')
            ? [{ to: `${home}/payments`, label: t('record.payments') }]
            : []),
          ...(can('billing.read') ? [{ to: `${home}/charges`, label: t('record.charges') }] : []),
          ...(can('billing.read')
            ? [{ to: `${home}/statement`, label: t('record.statement') }]
            : []),
          ...(can('billing.read') ? [{ to: `${home}/standing`, label: t('record.standing') }] : []),
          ...(can('audit.read') ? [{ to: `${home}/history`, label: t('record.history') }] : []),
        ]}
      />
      <Outlet context={{ subscriber }} />
    </>
  )
}
