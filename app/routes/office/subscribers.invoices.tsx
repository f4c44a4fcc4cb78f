import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { FileText } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { findInvoices, type Invoice } from '~/server/invoices.server'
import { PAGE_ROWS, pageRange } from '~/server/list-query.server'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { Pagination } from '~/ui/base/pagination'
import { InvoiceTable } from '~/ui/billing/invoice-table'
import { useOffice } from '~/ui/office/office-context'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'billing.read')
  const wanted = new URL(request.url).searchParams
  wanted.set('subscriber', String(params.subscriberId))
  const { from, to } = pageRange(wanted)

  const invoices = await findInvoices(db, wanted, me.tenant.today)
    .range(from, to)
    .overrideTypes<Array<Invoice>, { merge: false }>()
    .throwOnError()
  return data(
    { invoices: invoices.data, total: invoices.count ?? 0, pageSize: PAGE_ROWS },
    { headers },
  )
}

export default function SubscriberInvoices() {
  const { invoices, total, pageSize } = useLoaderData<typeof loader>()
  const { today } = useOffice()
  const t = useT('subscribers')

  return (
    <>
      <Card flush>
        <InvoiceTable
          isOfOne
          invoices={invoices}
          today={today}
          empty={
            <EmptyState icon={<FileText />} title={t('record.no_invoices')}>
              {t('record.no_invoices_body')}
            </EmptyState>
          }
        />
      </Card>
      <div className="mt-4">
        <Pagination total={total} pageSize={pageSize} />
      </div>
    </>
  )
}
