import { useT } from '~/i18n/use-t'
import { formatCount } from '~/i18n/format'
import type { Standing } from '~/domain/subscriber'
import type { MapPoint } from '~/domain/map-point'

const order = ['active', 'overdue', 'suspended', 'pending', 'ended', 'none'] as const

const dots: Record<Standing, string> = {
  active: 'bg-success',
  overdue: 'bg-warn',
  suspended: 'bg-danger',
  pending: 'bg-info',
  ended: 'bg-faint',
  none: 'bg-faint',
}

/** Which colour is which standing, and how many of each are shown. */
export function MapLegend({ points }: { points: ReadonlyArray<MapPoint> }) {
  const t = useT('subscribers')
  const counts = new Map<Standing, number>()
  for (const point of points) counts.set(point.standing, (counts.get(point.standing) ?? 0) + 1)

  return (
    <ul className="absolute top-3 left-3 flex flex-col gap-1 rounded-md border border-line bg-raised px-3 py-2 text-xs shadow-hair">
      {order
        .filter((standing) => counts.has(standing))
        .map((standing) => (
          <li key={standing} className="flex items-center gap-2">
            <span aria-hidden="true" className={`size-2.5 rounded-full ${dots[standing]}`} />
            <span className="flex-1">{t(`standing.${standing}`)}</span>
            <span className="tabular text-faint">{formatCount(counts.get(standing) ?? 0)}</span>
          </li>
        ))}
    </ul>
  )
}
