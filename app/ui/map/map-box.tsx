import { clsx } from 'clsx'
import { forwardRef } from 'react'
import { useT } from '~/i18n/use-t'

/** MapLibre's own buttons and scale in our colours, dark ones too. */
const controlLook = clsx(
  '[&_.maplibregl-ctrl-group]:border [&_.maplibregl-ctrl-group]:border-line [&_.maplibregl-ctrl-group]:bg-raised! [&_.maplibregl-ctrl-group]:shadow-hair!',
  'dark:[&_.maplibregl-ctrl-icon]:invert [&_.maplibregl-ctrl-group_button+button]:border-line!',
  '[&_.maplibregl-ctrl-scale]:border-faint! [&_.maplibregl-ctrl-scale]:bg-transparent! [&_.maplibregl-ctrl-scale]:text-soft!',
)

/** The frame a map is drawn into, and what stands there before it comes or when it cannot. */
export const MapBox = forwardRef<
  HTMLDivElement,
  { label: string; isReady: boolean; hasFailed: boolean; className?: string }
>(function MapBox({ label, isReady, hasFailed, className }, ref) {
  const t = useT('plant')
  return (
    <div
      className={clsx(
        'relative overflow-hidden rounded-lg border border-line bg-sunken',
        controlLook,
        className,
      )}
    >
      <div className="absolute inset-0">
        {/* MapLibre positions this one itself, and brings the landmark. */}
        <div ref={ref} role="group" aria-label={label} className="size-full" />
      </div>
      {isReady ? null : (
        <p
          role="status"
          className="absolute inset-0 grid place-items-center px-6 text-center text-sm text-faint"
        >
          {hasFailed ? t('map.failed') : t('map.loading')}
        </p>
      )}
    </div>
  )
})
