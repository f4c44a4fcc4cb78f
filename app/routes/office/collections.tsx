import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { formatCount } from '~/i18n/format'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { Card } from '~/ui/base/card'
import { PageHeader } from '~/ui/base/page-header'
import { Stat, StatGrid } from '~/ui/base/stat'
import { useFresh } from '~/ui/base/use-fresh'
import { CollectionTabs } from '~/ui/collections/collection-tabs'
import { CollectorTable, type CollectorRow } from '~/ui/collections/collector-table'
import { Money } from '~/ui/money/money'

export const handle = pageTexts('collections', 'custody')
/** Somebody at a desk leaves the board open all day. */
const LOOK_AGAIN_MILLISECONDS = 20_000

export const meta: MetaFunction = () => [{ title: 'Collections · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'collections.read')
  const collectors = await db.from('collectors').select().order('full_name').throwOnError()
  return data({ collectors: collectors.data as Array<CollectorRow> }, { headers })
}

export default function Collections() {
  const { collectors } = useLoaderData<typeof loader>()
  const t = useT('collections')
  const custody = useT('custody')
  const sum = (pick: (row: CollectorRow) => number) =>
    collectors.reduce((total, row) => total + pick(row), 0)
  const unsent = sum((row) => row.unsent_count)
  const toCount = sum((row) => row.open_remittances)
  const silent = collectors.filter((row) => row.silent_since !== null).length
  useFresh(LOOK_AGAIN_MILLISECONDS)

  return (
    <>
      <PageHeader title={t('board.title')} />
      <CollectionTabs />
      <StatGrid>
        <Stat
          label={t('board.on_hand')}
          value={<Money minor={sum((row) => row.on_hand_minor)} />}
        />
        <Stat
          label={t('board.today')}
          value={<Money minor={sum((row) => row.collected_today_minor)} />}
          hint={t('board.receipts', { count: sum((row) => row.receipts_today) })}
          to="/office/collections/day"
        />
        <Stat
          label={t('board.unsent')}
          value={formatCount(unsent)}
          hint={silent > 0 ? t('board.silent', { count: silent }) : t('board.unsent_hint')}
          tone={unsent + silent > 0 ? 'warn' : 'neutral'}
        />
        <Stat
          label={custody('board.to_count')}
          value={formatCount(toCount)}
          hint={custody('board.to_count_hint')}
          tone={toCount > 0 ? 'info' : 'neutral'}
          to="/office/collections/remittances?state=submitted"
        />
      </StatGrid>
      <Card flush className="mt-5">
        <CollectorTable collectors={collectors} />
      </Card>
    </>
  )
}
