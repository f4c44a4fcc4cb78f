import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Eye } from 'lucide-react'
import { findingKinds } from '~/domain/finding'
import { PAGE_ROWS, pageOf } from '~/domain/url-list'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readFindings } from '~/server/watch.server'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { FilteredList } from '~/ui/office/filtered-list'
import { FindingTable } from '~/ui/oversight/finding-table'

export const handle = pageTexts('collections', 'oversight')
export const meta: MetaFunction = () => [{ title: 'Watch · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.watch')
  const params = new URL(request.url).searchParams
  const [{ days, findings }, collectors] = await Promise.all([
    readFindings(db, params, me.tenant.today),
    db.from('collectors').select('id, full_name').order('full_name').throwOnError(),
  ])
  const from = (pageOf(params) - 1) * PAGE_ROWS
  return data(
    {
      days,
      findings: findings.slice(from, from + PAGE_ROWS),
      total: findings.length,
      collectors: collectors.data as Array<{ id: string; full_name: string }>,
    },
    { headers },
  )
}

export default function Watch() {
  const { days, findings, total, collectors } = useLoaderData<typeof loader>()
  const t = useT('oversight')
  const collections = useT('collections')
  const format = useFormat()

  return (
    <>
      <PageHeader title={collections('board.title')} />
      <CollectionTabs />
      <p className="mb-4 max-w-prose text-sm text-soft">
        {t('watch.lead', { from: format.day(days.from), until: format.day(days.until) })}
      </p>
      <FilteredList
        filters={[
          {
            name: 'collector',
            label: t('watch.column.collector'),
            options: collectors.map(({ id, full_name }) => ({ value: id, label: full_name })),
          },
          {
            name: 'kind',
            label: t('watch.column.what'),
            options: findingKinds.map((kind) => ({
              value: kind,
              label: t(`watch.kind.${kind}`),
            })),
          },
          { kind: 'day', name: 'from', label: collections('filter.from') },
          { kind: 'day', name: 'until', label: collections('filter.until') },
        ]}
        exportTo="/office/lists/watch/export"
        total={total}
      >
        <FindingTable
          findings={findings}
          days={days}
          empty={
            <EmptyState icon={<Eye />} title={t('watch.empty')}>
              {t('watch.empty_body')}
            </EmptyState>
          }
        />
      </FilteredList>
    </>
  )
}
