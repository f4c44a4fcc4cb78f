import { useSearchParams } from '@remix-run/react'
import { MapPinOff } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { listStops, type StopView } from '~/offline/view'
import { EmptyState } from '~/ui/base/empty-state'
import { RouteMap, type Pin } from '~/ui/collector/route-map'
import { StopList } from '~/ui/collector/stop-list'
import { useT } from '~/i18n/use-t'
import { PhoneComing } from '~/ui/layout/phone-coming'
import { PhoneHeader } from '~/ui/layout/phone-shell'
import { usePosition } from './position'
import { useRemembered, useScreen } from './screen'
import { inOrder, isDone } from './stops'

const LISTED = 15

/** The doors of the route on the ground, with the phone's own place among them. */
export default function MapOfRoute() {
  const { phone, today } = useScreen()
  const t = useT('collector')
  const [query, setQuery] = useSearchParams()
  const picked = query.get('door')
  const where = usePosition(true)
  const stops = useRemembered(
    'stops',
    useCallback(() => listStops(phone), [phone]),
    [phone, today],
  )
  const pins = useMemo(() => (stops ?? []).flatMap((stop) => pinOf(stop, today)), [stops, today])

  if (stops === null) return <PhoneComing />
  const here = where.state === 'found' ? where : null
  const listed = picked
    ? stops.filter(({ id }) => id === picked)
    : inOrder(stops, 'near', here?.at ?? null).slice(0, LISTED)
  const without = stops.length - pins.length

  return (
    <>
      <PhoneHeader
        title={t('map.title')}
        lead={without > 0 ? t('map.without', { count: without }) : undefined}
        back={{ to: '/collector', label: t('card.back') }}
      />
      {pins.length === 0 ? (
        <EmptyState icon={<MapPinOff />} title={t('map.none.title')}>
          {t('map.none.body')}
        </EmptyState>
      ) : (
        <RouteMap
          pins={pins}
          here={here && { ...here.at, accuracyMetres: here.accuracyMetres }}
          picked={picked}
          onPick={(id) =>
            setQuery(id ? { door: id } : {}, { replace: true, preventScrollReset: true })
          }
        />
      )}
      <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
        <Key look="bg-warn">{t('filter.owes')}</Key>
        <Key look="bg-danger">{t('map.late')}</Key>
        <Key look="bg-faint">{t('map.done')}</Key>
        {here ? <Key look="bg-info">{t('map.here')}</Key> : null}
      </p>
      <p aria-live="polite" className="mt-1 text-sm text-soft empty:hidden">
        {where.state === 'finding' ? t('order.finding') : null}
        {where.state === 'refused' ? t('map.no_place') : null}
      </p>
      <h2 className="mt-5 mb-1.5 text-sm font-medium text-soft">
        {t(picked ? 'map.picked' : here ? 'map.nearest' : 'home.title')}
      </h2>
      <div className="-mx-4">
        <StopList stops={listed} today={today} currency={phone.profile.currency} />
      </div>
    </>
  )
}

function Key(props: { look: string; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className={`size-2.5 rounded-full ${props.look}`} aria-hidden="true" />
      {props.children}
    </span>
  )
}

function pinOf(stop: StopView, today: string): Array<Pin> {
  const { id, latitude, longitude, name, position } = stop
  if (latitude === null || longitude === null) return []
  const isLate = stop.hasRunOut || (stop.oldestDueOn !== null && stop.oldestDueOn < today)
  const isOpen = !isDone(stop) && (stop.owedMinor > 0 || stop.hasRunOut)
  const tone = isOpen ? (isLate ? 'late' : 'todo') : 'done'
  return [{ id, latitude, longitude, label: `${position} ${name.split(' ')[0] ?? ''}`, tone }]
}
