import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Plus } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { findInvoices } from '~/server/invoices.server'
import { firstRows } from '~/server/listing.server'
import { findPayments } from '~/server/payments.server'
import { servicesOf } from '~/server/services.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { InvoiceTable } from '~/ui/billing/invoice-table'
import { useOffice } from '~/ui/office/office-context'
import { PaymentTable } from '~/ui/payments/payment-table'
import { PortalLogins, type PortalLogin } from '~/ui/subscribers/portal-logins'
import { ServiceCard } from '~/ui/subscribers/service-card'
import { SubscriberFacts } from '~/ui/subscribers/subscriber-facts'
import { useRecord } from './subscribers.record'

const LATEST = 5

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'subscribers.read')
  const id = String(params.subscriberId)
  const can = (permission: string) => me.permissions.includes(permission)

  const open = new URLSearchParams({ subscriber: id, state: 'open', sort: 'due_on' })
  const latest = new URLSearchParams({ subscriber: id, sort: '-received_at' })
  const [services, logins, invoices, payments] = await Promise.all([
    servicesOf(db, id),
    db
      .from('subscriber_logins')
      .select('id, email, created_at')
      .eq('subscriber_id', id)
      .eq('status', 'active')
      .order('created_at')
      .overrideTypes<Array<PortalLogin>, { merge: false }>()
      .throwOnError(),
    can('billing.read') ? firstRows(findInvoices(db, open, me.tenant.today), LATEST) : [],
    can('payments.read') ? firstRows(findPayments(db, latest, me.tenant.time_zone), LATEST) : [],
  ])
  return data({ services, logins: logins.data, invoices, payments }, { headers })
}

export default function SubscriberOverview() {
  const { subscriber } = useRecord()
  const { services, logins, invoices, payments } = useLoaderData<typeof loader>()
  const { can, today, time_zone } = useOffice()
  const t = useT('subscribers')
  const home = `/office/subscribers/${subscriber.id}`

  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-5">
        {services.length === 0 ? (
          <Card>
            <EmptyState
              title={t('service.none')}
              actions={
                can('subscribers.manage') ? (
                  <LinkButton variant="primary" icon={<Plus />} to={`${home}/services/new`}>
                    {t('service.add')}
                  </LinkButton>
                ) : undefined
              }
            >
              {t('service.none_body')}
            </EmptyState>
          </Card>
        ) : (
          services.map((service) => (
            <ServiceCard key={service.id} service={service} subscriberId={subscriber.id} />
          ))
        )}
        {invoices.length > 0 ? (
          <Card title={t('record.open_invoices')} flush>
            <InvoiceTable isOfOne invoices={invoices} today={today} />
          </Card>
        ) : null}
        {payments.length > 0 ? (
          <Card title={t('record.latest_payments')} flush>
            <PaymentTable isOfOne payments={payments} timeZone={time_zone} isSticky={false} />
          </Card>
        ) : null}
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <SubscriberFacts subscriber={subscriber} />
        <PortalLogins logins={logins} subscriberId={subscriber.id} />
      </div>
    </div>
  )
}
