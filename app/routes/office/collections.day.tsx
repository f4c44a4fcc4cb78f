import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { HandCoins } from 'lucide-react'
import { isRealDay } from '~/domain/calendar'
import { pageTexts } from '~/i18n/page-texts'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { FilterBar } from '~/ui/base/filter-bar'
import { PageHeader } from '~/ui/base/page-header'
import { Stat } from '~/ui/base/stat'
import { totalOf, type CollectionRow } from '~/ui/collections/by-method'
import { CollectionTable } from '~/ui/collections/collection-table'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { Money } from '~/ui/money/money'
import { ExportButtons } from '~/ui/office/export-buttons'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Collection by day · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, me, headers } = await requireMember(request, 'collections.read')
  const asked = new URL(request.url).searchParams.get('day') ?? ''
  const day = isRealDay(asked) ? asked : me.tenant.today
  const { data: rows } = await db.rpc('collections_today', { day }).throwOnError()
  return data({ day, rows: rows as Array<CollectionRow> }, { headers })
}

export default function CollectionsOfDay() {
  const { day, rows } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const format = useFormat()
  const receipts = rows.reduce((sum, row) => sum + row.receipts, 0)

  return (
    <>
      <PageHeader title={t('board.title')} />
      <CollectionTabs />
      <div className="mb-4">
        <FilterBar
          filters={[{ kind: 'day', name: 'day', label: t('filter.day'), unset: day }]}
          actions={<ExportButtons to="/office/collections/day/export" />}
        />
      </div>
      <Card>
        <Stat
          size="hero"
          label={t('today.title', { day: format.day(day) })}
          value={<Money minor={totalOf(rows)} />}
          hint={t('board.receipts', { count: receipts })}
        />
      </Card>
      <Card flush className="mt-5">
        <CollectionTable
          rows={rows}
          empty={
            <EmptyState icon={<HandCoins />} title={t('today.empty')}>
              {t('today.empty_body')}
            </EmptyState>
          }
        />
      </Card>
    </>
  )
}
