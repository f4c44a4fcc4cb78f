import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PiggyBank } from 'lucide-react'
import { depositKinds } from '~/domain/charge'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { findDeposits } from '~/server/deposits.server'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { subscriberAsked } from '~/server/subscribers.server'
import { PageHeader } from '~/ui/base/page-header'
import { DepositTable } from '~/ui/charges/deposit-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { OnlyOf } from '~/ui/office/only-of'
import { PaymentTabs } from '~/ui/payments/payment-tabs'

export const handle = pageTexts('charges', 'collections', 'subscribers')
export const meta: MetaFunction = () => [{ title: 'Deposits of subscribers · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams
  const [found, subscriber] = await Promise.all([
    readPage(findDeposits(db, params), params, headers),
    subscriberAsked(db, params),
  ])
  return data({ ...found, subscriber }, { headers })
}

export default function Deposits() {
  const { rows, total, subscriber } = useLoaderData<typeof loader>()
  const t = useT('charges')

  return (
    <>
      <PageHeader title={t('deposits.title')} lead={t('deposits.lead')} />
      <PaymentTabs />
      <OnlyOf subscriber={subscriber} />
      <FilteredList
        search={{ label: t('deposits.search') }}
        filters={[
          {
            name: 'kind',
            label: t('deposits.kind'),
            options: depositKinds.map((kind) => ({
              value: kind,
              label: t(`deposit.kind.${kind}`),
            })),
          },
        ]}
        exportTo="/office/lists/deposits/export"
        total={total}
      >
        <DepositTable
          rows={rows}
          empty={
            <NoRows
              icon={<PiggyBank />}
              yet={{ title: t('deposits.empty'), body: t('deposits.empty_body') }}
              fit={{ title: t('deposits.none_fit'), body: t('deposits.empty_body') }}
            />
          }
        />
      </FilteredList>
    </>
  )
}
