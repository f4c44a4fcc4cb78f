import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileText } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { findInvoices } from '~/server/invoices.server'
import { readPage } from '~/server/list-query.server'
import { InvoiceTable } from '~/ui/billing/invoice-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { useOffice } from '~/ui/office/office-context'
import { NoRecords } from '~/ui/subscribers/no-records'
import { useRecord } from './subscribers.record'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const asked = new URL(request.url).searchParams
  const ofSubscriber = new URLSearchParams(asked)
  ofSubscriber.set('subscriber', String(params.subscriberId))

  const query = findInvoices(db, ofSubscriber, me.tenant.today)
  const { rows, total } = await readPage(query, asked, headers)
  return data({ invoices: rows, total }, { headers })
}

export default function SubscriberInvoices() {
  const { invoices, total } = useLoaderData<typeof loader>()
  const { subscriber } = useRecord()
  const { today } = useOffice()
  const t = useT('subscribers')
  const billing = useT('billing')

  return (
    <FilteredList
      search={{ label: t('record.search_invoices') }}
      filters={[
        {
          name: 'state',
          label: billing('filter.state'),
          options: (['open', 'overdue', 'paid', 'written_off', 'void'] as const).map((state) => ({
            value: state,
            label: billing(`state.${state}`),
          })),
        },
      ]}
      exportTo="/office/invoices/export"
      exportOf={{ subscriber: subscriber.id }}
      total={total}
    >
      <InvoiceTable
        isOfOne
        invoices={invoices}
        today={today}
        empty={
          <NoRecords
            icon={<FileText />}
            title={t('record.no_invoices')}
            body={t('record.no_invoices_body')}
          />
        }
      />
    </FilteredList>
  )
}
