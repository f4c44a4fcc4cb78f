import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { isNarrowed } from '~/domain/url-list'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { findRemittances } from '~/server/remittances.server'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { RemittanceTable } from '~/ui/cash/remittance-table'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { FilteredList } from '~/ui/office/filtered-list'

export const handle = pageTexts('collections', 'custody')
export const meta: MetaFunction = () => [{ title: 'Remittances · Linyada' }]

const states = ['submitted', 'counted', 'accepted', 'rejected'] as const

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.read')
  const { searchParams } = new URL(request.url)
  const [list, collectors] = await Promise.all([
    readPage(findRemittances(db, searchParams), searchParams, headers),
    db.from('collectors').select('id, full_name').order('full_name').throwOnError(),
  ])
  return data(
    {
      ...list,
      collectors: collectors.data as Array<{ id: string; full_name: string }>,
    },
    { headers },
  )
}

export default function Remittances() {
  const { rows: remittances, total, collectors } = useLoaderData<typeof loader>()
  const t = useT('custody')
  const collections = useT('collections')
  const [params] = useSearchParams()

  return (
    <>
      <PageHeader title={collections('board.title')} />
      <CollectionTabs />
      <FilteredList
        filters={[
          {
            name: 'state',
            label: t('remittances.filter_state'),
            options: states.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            name: 'collector',
            label: t('remittances.filter_collector'),
            options: collectors.map(({ id, full_name }) => ({ value: id, label: full_name })),
          },
        ]}
        exportTo="/office/lists/remittances/export"
        total={total}
      >
        <RemittanceTable
          remittances={remittances}
          empty={isNarrowed(params) ? <EmptyState title={t('remittances.none_fit')} /> : undefined}
        />
      </FilteredList>
    </>
  )
}
