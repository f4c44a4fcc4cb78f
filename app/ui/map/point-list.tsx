import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { useRef } from 'react'
import { useT } from '~/i18n/use-t'
import { MoneyCell } from '~/ui/money/money'
import { useOffice } from '~/ui/office/office-context'
import type { MapPoint } from '~/domain/map-point'

const ROW_PIXELS = 56

/** The same people as on the map, for the keyboard and for those who cannot see it. */
export function PointList(props: {
  points: ReadonlyArray<MapPoint>
  chosenId: string | null
  onChoose: (id: string) => void
}) {
  const { points, chosenId, onChoose } = props
  const { currency } = useOffice()
  const t = useT('plant')
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: points.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 12,
  })

  return (
    <section
      aria-label={t('list.label')}
      className="flex min-h-0 flex-col rounded-lg border border-line bg-surface shadow-hair max-lg:h-96"
    >
      <p className="border-b border-line px-4 py-2.5 text-sm text-soft">
        {t('list.count', { count: points.length })}
      </p>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
        <ul className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const point = points[index]
            if (!point) return null
            return (
              <li
                key={point.id}
                className="absolute inset-x-0"
                style={{ top: start, height: ROW_PIXELS }}
              >
                <button
                  type="button"
                  aria-pressed={point.id === chosenId}
                  onClick={() => onChoose(point.id)}
                  className={clsx(
                    'flex size-full items-center justify-between gap-3 border-b border-line px-4 text-left hover:bg-hover focus-visible:outline-offset-[-2px]',
                    point.id === chosenId && 'bg-accent-soft',
                  )}
                >
                  <span className="min-w-0">
                    <span className="block truncate text-sm font-medium">{point.name}</span>
                    <span className="block truncate text-xs text-faint">
                      {[point.account_no, point.address].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                  <span className="shrink-0 text-sm">
                    <MoneyCell minor={point.balance_minor} currency={currency} />
                  </span>
                </button>
              </li>
            )
          })}
        </ul>
      </div>
    </section>
  )
}
