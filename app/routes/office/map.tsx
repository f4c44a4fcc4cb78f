import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MapPin } from 'lucide-react'
import { useState } from 'react'
import { pageTexts } from '~/i18n/page-texts'
import { useT } from '~/i18n/use-t'
import { requireMember } from '~/server/guard.server'
import { mapPointsOf } from '~/server/map.server'
import { subscriberFilterOptions } from '~/server/subscribers.server'
import { LinkButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { PageHeader } from '~/ui/base/page-header'
import { MapLegend } from '~/ui/map/map-legend'
import { PointCard } from '~/ui/map/point-card'
import { PointList } from '~/ui/map/point-list'
import { SubscriberMap } from '~/ui/map/subscriber-map'
import { SubscriberFilters } from '~/ui/subscribers/subscriber-filters'

export const handle = pageTexts('plant', 'subscribers')
export const meta: MetaFunction = () => [{ title: 'Map · Linyada' }]

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, headers } = await requireMember(request, 'subscribers.read')
  const { searchParams } = new URL(request.url)
  const [{ points, withoutPlace }, options] = await Promise.all([
    mapPointsOf(db, searchParams),
    subscriberFilterOptions(db),
  ])
  return data({ points, withoutPlace, options }, { headers })
}

export default function MapPage() {
  const { points, withoutPlace, options } = useLoaderData<typeof loader>()
  const [chosenId, setChosenId] = useState<string | null>(null)
  const t = useT('plant')
  const chosen = points.find((point) => point.id === chosenId) ?? null

  return (
    <>
      <PageHeader
        title={t('map.title')}
        lead={withoutPlace > 0 ? t('map.without', { count: withoutPlace }) : undefined}
      />
      <div className="mb-4">
        <SubscriberFilters options={options} />
      </div>
      {points.length === 0 && withoutPlace === 0 ? (
        <Card>
          <EmptyState
            icon={<MapPin />}
            title={t('map.empty')}
            actions={<LinkButton to="/office/subscribers">{t('map.to_list')}</LinkButton>}
          >
            {t('map.empty_body')}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid gap-4 lg:h-[calc(100dvh-280px)] lg:min-h-110 lg:grid-cols-[minmax(0,1fr)_320px]">
          <div className="relative h-[60dvh] min-h-80 lg:h-auto">
            <SubscriberMap
              points={points}
              chosen={chosen}
              onChoose={setChosenId}
              className="h-full"
            />
            <MapLegend points={points} />
            {chosen ? <PointCard point={chosen} onClose={() => setChosenId(null)} /> : null}
          </div>
          <PointList points={points} chosenId={chosenId} onChoose={setChosenId} />
        </div>
      )}
    </>
  )
}
