import { LocateFixed } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { TextInput } from '~/ui/base/text-input'
import type { PinMap } from './pin-map'
import { MapBox } from './map-box'
import { PIN_DECIMALS, type Position } from '~/domain/map-point'

type Source = 'pin' | 'gps' | 'import'

/**
 * Latitude, longitude and where they came from, as fields of the form around. The map and the
 * device's own position fill them; whoever cannot use a map types the numbers.
 */
export function PinPicker(props: {
  position: Position | null
  source: Source | null
  neighbours: ReadonlyArray<Position>
  errors: { latitude?: Array<string>; longitude?: Array<string> }
}) {
  const { neighbours, errors } = props
  const t = useT('plant')
  const [latitude, setLatitude] = useState(numberText(props.position?.latitude))
  const [longitude, setLongitude] = useState(numberText(props.position?.longitude))
  const [source, setSource] = useState<Source>(props.source ?? 'pin')
  const [gps, setGps] = useState<'idle' | 'asking' | 'refused'>('idle')

  function pick(position: Position, from: Source) {
    setLatitude(position.latitude.toFixed(PIN_DECIMALS))
    setLongitude(position.longitude.toFixed(PIN_DECIMALS))
    setSource(from)
  }

  function askDevice() {
    setGps('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setGps('idle')
        pick(coords, 'gps')
      },
      () => setGps('refused'),
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  }

  return (
    <div className="flex flex-col gap-3">
      <PinMapBox
        position={positionOf(latitude, longitude)}
        neighbours={neighbours}
        onPick={(position) => pick(position, 'pin')}
      />
      <div className="flex flex-wrap items-start gap-3">
        <Field label={t('pin.latitude')} optional error={errors.latitude} className="w-36">
          <TextInput
            name="latitude"
            inputMode="decimal"
            value={latitude}
            onChange={(event) => {
              setLatitude(event.target.value)
              setSource('pin')
            }}
          />
        </Field>
        <Field label={t('pin.longitude')} optional error={errors.longitude} className="w-36">
          <TextInput
            name="longitude"
            inputMode="decimal"
            value={longitude}
            onChange={(event) => {
              setLongitude(event.target.value)
              setSource('pin')
            }}
          />
        </Field>
        <div className="flex gap-2 pt-6.5">
          <Button icon={<LocateFixed />} busy={gps === 'asking'} onClick={askDevice}>
            {t('pin.gps')}
          </Button>
          {latitude || longitude ? (
            <Button
              variant="quiet"
              onClick={() => {
                setLatitude('')
                setLongitude('')
              }}
            >
              {t('pin.remove')}
            </Button>
          ) : null}
        </div>
      </div>
      <p role="status" className="text-sm text-danger empty:hidden">
        {gps === 'refused' ? t('pin.no_gps') : ''}
      </p>
      <input type="hidden" name="location_source" value={latitude && longitude ? source : ''} />
    </div>
  )
}

/** A map with one pin. Without `onPick` it only shows. */
export function PinMapBox(props: {
  position: Position | null
  neighbours: ReadonlyArray<Position>
  onPick?: (position: Position) => void
  className?: string
}) {
  const { position, neighbours, className = 'h-72' } = props
  const t = useT('plant')
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  const [map, setMap] = useState<PinMap | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const canPick = props.onPick !== undefined

  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    let isGone = false
    let made: PinMap | null = null
    import('./pin-map').then(
      ({ pinMap }) => {
        if (isGone || !box.current) return
        made = pinMap(box.current, {
          position: latest.current.position,
          neighbours,
          onPick: canPick ? (picked) => latest.current.onPick?.(picked) : undefined,
        })
        setMap(made)
      },
      () => setFailed(true),
    )
    return () => {
      isGone = true
      made?.remove()
    }
  }, [neighbours, canPick])

  const latitude = position?.latitude
  const longitude = position?.longitude
  useEffect(() => {
    map?.move(latitude === undefined || longitude === undefined ? null : { latitude, longitude })
  }, [map, latitude, longitude])

  return (
    <MapBox
      ref={box}
      label={canPick ? t('pin.map') : t('pin.map_only')}
      isReady={map !== null}
      hasFailed={hasFailed}
      className={className}
    />
  )
}

function positionOf(latitude: string, longitude: string): Position | null {
  const position = { latitude: Number(latitude), longitude: Number(longitude) }
  const isReal =
    latitude.trim() !== '' &&
    longitude.trim() !== '' &&
    Math.abs(position.latitude) <= 90 &&
    Math.abs(position.longitude) <= 180
  return isReal ? position : null
}

function numberText(value: number | undefined) {
  return value === undefined ? '' : String(value)
}
