import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ShieldCheck } from 'lucide-react'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import type { VoidRequest } from '~/server/payment-record.server'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { Table } from '~/ui/base/table'
import { Money } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import { PaymentTabs } from '~/ui/payments/payment-tabs'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Void requests · Linyada' }]

type OpenRequest = VoidRequest & {
  receipt_number: string | null
  subscriber_name: string | null
  amount_minor: number
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'payments.read')
  const { data: requests } = await db
    .from('void_requests')
    .select()
    .eq('state', 'open')
    .order('requested_at')
    .throwOnError()
  return data({ requests: requests as Array<OpenRequest> }, { headers })
}

export default function VoidRequests() {
  const { requests } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const format = useFormat()
  const { time_zone } = useOffice()

  return (
    <>
      <PageHeader title={t('payments.title')} />
      <PaymentTabs />
      <Card flush>
        <Table
          caption={t('voids.caption')}
          rows={requests}
          rowKey={(row) => row.id}
          rowHref={(row) => `/office/payments/${row.payment_id}`}
          empty={
            <EmptyState icon={<ShieldCheck />} title={t('voids.empty')}>
              {t('voids.empty_body')}
            </EmptyState>
          }
          columns={[
            {
              key: 'receipt',
              header: t('column.receipt'),
              cell: (row) => row.receipt_number ?? '—',
              isNarrow: true,
            },
            {
              key: 'subscriber',
              header: t('column.subscriber'),
              cell: (row) => row.subscriber_name ?? '—',
            },
            {
              key: 'asked',
              header: t('column.asked'),
              cell: (row) => (
                <>
                  {row.requested_by_name}
                  <span className="block text-faint">
                    {format.instant(row.requested_at, time_zone)}
                  </span>
                </>
              ),
              isMinor: true,
            },
            { key: 'reason', header: t('column.reason'), cell: (row) => row.reason },
            {
              key: 'amount',
              header: t('column.amount'),
              cell: (row) => <Money minor={row.amount_minor} className="font-medium" />,
              align: 'right',
            },
          ]}
        />
      </Card>
    </>
  )
}
