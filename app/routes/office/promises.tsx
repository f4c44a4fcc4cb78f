import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { Handshake } from 'lucide-react'
import { addDays, weekdayOf } from '~/domain/calendar'
import { promiseStates } from '~/domain/dunning'
import { withParams } from '~/domain/url-list'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { findPromises } from '~/server/promises.server'
import { subscriberAsked } from '~/server/subscribers.server'
import { LinkButton } from '~/ui/base/button'
import { PageHeader } from '~/ui/base/page-header'
import { BillingTabs } from '~/ui/billing/billing-tabs'
import { PromiseTable } from '~/ui/dunning/promise-table'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'
import { useOffice } from '~/ui/office/office-context'
import { OnlyOf } from '~/ui/office/only-of'

export const handle = pageTexts('dunning', 'billing', 'subscribers')
export const meta: MetaFunction = () => [{ title: 'Promises · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.read')
  const params = new URL(request.url).searchParams
  const [found, subscriber] = await Promise.all([
    readPage(findPromises(db, params), params, headers),
    subscriberAsked(db, params),
  ])
  return data({ ...found, subscriber }, { headers })
}

export default function Promises() {
  const { rows, total, subscriber } = useLoaderData<typeof loader>()
  const { today } = useOffice()
  const t = useT('dunning')
  const [params] = useSearchParams()
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7))
  const week = withParams(params, { state: null, from: monday, until: addDays(monday, 6) })

  return (
    <>
      <PageHeader
        title={t('promises.title')}
        lead={t('promises.lead')}
        actions={<LinkButton to={week}>{t('promises.week')}</LinkButton>}
      />
      <BillingTabs />
      <OnlyOf subscriber={subscriber} />
      <FilteredList
        search={{ label: t('promises.search') }}
        filters={[
          {
            name: 'state',
            label: t('filter.state'),
            options: promiseStates.map((state) => ({
              value: state,
              label: t(`promise.state.${state}`),
            })),
          },
          { kind: 'day', name: 'from', label: t('filter.from') },
          { kind: 'day', name: 'until', label: t('filter.until') },
        ]}
        exportTo="/office/lists/promises/export"
        total={total}
      >
        <PromiseTable
          rows={rows}
          today={today}
          empty={
            <NoRows
              icon={<Handshake />}
              yet={{ title: t('promises.empty'), body: t('promises.empty_body') }}
              fit={{ title: t('promises.none_fit'), body: t('promises.empty_body') }}
            />
          }
        />
      </FilteredList>
    </>
  )
}
