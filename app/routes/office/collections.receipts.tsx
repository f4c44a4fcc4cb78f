import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Receipt } from 'lucide-react'
import type { ReceiptAudit } from '~/domain/receipt-numbers'
import { formatCount } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { readPage } from '~/server/list-query.server'
import { firstRows } from '~/server/listing.server'
import { findBlocks, findGaps } from '~/server/receipt-numbers.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { Stat, StatGrid } from '~/ui/base/stat'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { BlockTable, GapTable } from '~/ui/collections/receipt-tables'
import { FilteredList } from '~/ui/office/filtered-list'
import { NoRows } from '~/ui/office/no-rows'

export const handle = pageTexts('collections')
export const meta: MetaFunction = () => [{ title: 'Receipt numbers · Linyada' }]

const GAPS_SHOWN = 20

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.read')
  const { searchParams } = new URL(request.url)
  const [blocks, gaps, audit, collectors] = await Promise.all([
    readPage(findBlocks(db, searchParams), searchParams, headers),
    firstRows(findGaps(db), GAPS_SHOWN),
    db.rpc('receipt_audit').single().throwOnError(),
    db.from('collectors').select('id, full_name').order('full_name').throwOnError(),
  ])
  return data(
    {
      ...blocks,
      gaps,
      audit: audit.data as ReceiptAudit,
      collectors: collectors.data as Array<{ id: string; full_name: string }>,
    },
    { headers },
  )
}

export default function ReceiptNumbers() {
  const { rows, total, gaps, audit, collectors } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const unaccounted = audit.missing + audit.nowhere

  return (
    <>
      <PageHeader title={t('board.title')} />
      <CollectionTabs />
      <StatGrid>
        <Stat
          label={t('numbers.issued')}
          value={formatCount(audit.issued)}
          hint={t('numbers.issued_hint', { counter: formatCount(audit.counter) })}
        />
        <Stat
          label={t('numbers.used')}
          value={formatCount(audit.used)}
          hint={t('numbers.used_hint', { count: audit.voided })}
        />
        <Stat
          label={t('numbers.still_out')}
          value={formatCount(audit.still_out)}
          hint={t('numbers.cancelled', { numbers: formatCount(audit.cancelled) })}
        />
        <Stat
          label={t('numbers.gaps')}
          value={formatCount(unaccounted)}
          hint={unaccounted === 0 ? t('numbers.gaps_none') : undefined}
          tone={unaccounted === 0 ? 'neutral' : 'danger'}
        />
      </StatGrid>
      {gaps.length > 0 ? (
        <Card
          title={t('numbers.gaps_title')}
          lead={t('numbers.gaps_lead')}
          actions={
            <LinkButton
              to="/office/lists/receipt-gaps/export?format=csv"
              reloadDocument
              download
              size="small"
            >
              CSV
            </LinkButton>
          }
          flush
          className="mt-5"
        >
          <GapTable gaps={gaps} />
        </Card>
      ) : null}
      <div className="mt-5">
        {' '}
        <FilteredList
          filters={[
            {
              name: 'state',
              label: t('column.status'),
              options: (['out', 'used', 'cancelled'] as const).map((value) => ({
                value,
                label: t(`numbers.state.${value}`),
              })),
            },
            {
              name: 'collector',
              label: t('column.collector'),
              options: collectors.map(({ id, full_name }) => ({ value: id, label: full_name })),
            },
          ]}
          exportTo="/office/lists/receipt-blocks/export"
          total={total}
        >
          <BlockTable
            blocks={rows}
            empty={
              <NoRows
                icon={<Receipt />}
                yet={{ title: t('numbers.empty'), body: t('numbers.empty_body') }}
                fit={{ title: t('numbers.none_fit') }}
              />
            }
          />
        </FilteredList>
      </div>
    </>
  )
}
