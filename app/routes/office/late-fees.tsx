import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Hourglass } from 'lucide-react'
import { feeStates } from '~/domain/dunning'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { findLateFees } from '~/server/late-fees.server'
import { readPage } from '~/server/list-query.server'
import { subscriberAsked } from '~/server/subscribers.server'
import { PageHeader } from '~/ui/base/page-header'
import { BillingTabs } from '~/ui/billing/billing-tabs'
import { FeeTable } from '~/ui/dunning/fee-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { OnlyOf } from '~/ui/office/only-of'

export const handle = pageTexts('dunning', 'billing', 'subscribers')
export const meta: MetaFunction = () => [{ title: 'Late fees · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'billing.read')
  const params = new URL(request.url).searchParams
  const [found, subscriber] = await Promise.all([
    readPage(findLateFees(db, params), params, headers),
    subscriberAsked(db, params),
  ])
  return data({ ...found, subscriber }, { headers })
}

export default function LateFees() {
  const { rows, total, subscriber } = useLoaderData<typeof loader>()
  const t = useT('dunning')

  return (
    <>
      <PageHeader title={t('fees.title')} lead={t('fees.lead')} />
      <BillingTabs />
      <OnlyOf subscriber={subscriber} />
      <FilteredList
        search={{ label: t('fees.search') }}
        filters={[
          {
            name: 'state',
            label: t('filter.state'),
            options: feeStates.map((state) => ({ value: state, label: t(`fee.state.${state}`) })),
          },
        ]}
        exportTo="/office/lists/late-fees/export"
        total={total}
      >
        <FeeTable
          rows={rows}
          empty={
            <NoRows
              icon={<Hourglass />}
              yet={{ title: t('fees.empty'), body: t('fees.empty_body') }}
              fit={{ title: t('fees.none_fit'), body: t('fees.empty_body') }}
            />
          }
        />
      </FilteredList>
    </>
  )
}
