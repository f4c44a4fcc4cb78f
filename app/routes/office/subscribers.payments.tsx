import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Wallet } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { PAGE_ROWS, pageRange } from '~/server/list-query.server'
import { findPayments, type Payment } from '~/server/payments.server'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { Pagination } from '~/ui/base/pagination'
import { useOffice } from '~/ui/office/office-context'
import { PaymentTable } from '~/ui/payments/payment-table'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'payments.read')
  const wanted = new URL(request.url).searchParams
  wanted.set('subscriber', String(params.subscriberId))
  const { from, to } = pageRange(wanted)

  const payments = await findPayments(db, wanted, me.tenant.time_zone)
    .range(from, to)
    .overrideTypes<Array<Payment>, { merge: false }>()
    .throwOnError()
  return data(
    { payments: payments.data, total: payments.count ?? 0, pageSize: PAGE_ROWS },
    { headers },
  )
}

export default function SubscriberPayments() {
  const { payments, total, pageSize } = useLoaderData<typeof loader>()
  const { time_zone } = useOffice()
  const t = useT('subscribers')

  return (
    <>
      <Card flush>
        <PaymentTable
          isOfOne
          payments={payments}
          timeZone={time_zone}
          empty={
            <EmptyState icon={<Wallet />} title={t('record.no_payments')}>
              {t('record.no_payments_body')}
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
