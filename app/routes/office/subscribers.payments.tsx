import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Wallet } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { findPayments } from '~/server/payments.server'
import { FilteredList } from '~/ui/office/filtered-list'
import { useOffice } from '~/ui/office/office-context'
import { PaymentTable } from '~/ui/payments/payment-table'
import { usePaymentWords } from '~/ui/payments/words'
import { NoRecords } from '~/ui/subscribers/no-records'
import { useRecord } from './subscribers.record'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'payments.read')
  const asked = new URL(request.url).searchParams
  const ofSubscriber = new URLSearchParams(asked)
  ofSubscriber.set('subscriber', String(params.subscriberId))

  const query = findPayments(db, ofSubscriber, me.tenant.time_zone)
  const { rows, total } = await readPage(query, asked, headers)
  return data({ payments: rows, total }, { headers })
}

export default function SubscriberPayments() {
  const { payments, total } = useLoaderData<typeof loader>()
  const { subscriber } = useRecord()
  const { time_zone } = useOffice()
  const t = useT('subscribers')
  const collections = useT('collections')
  const words = usePaymentWords()

  return (
    <FilteredList
      search={{ label: t('record.search_payments') }}
      filters={[
        { name: 'method', label: collections('filter.method'), options: words.methodOptions },
        { name: 'stage', label: collections('filter.stage'), options: words.stageOptions },
      ]}
      exportTo="/office/payments/export"
      exportOf={{ subscriber: subscriber.id }}
      total={total}
    >
      <PaymentTable
        isOfOne
        payments={payments}
        timeZone={time_zone}
        empty={
          <NoRecords
            icon={<Wallet />}
            title={t('record.no_payments')}
            body={t('record.no_payments_body')}
          />
        }
      />
    </FilteredList>
  )
}
