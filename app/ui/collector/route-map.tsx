import { Crosshair, Maximize, Minus, Plus } from 'lucide-react'
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type PointerEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { distanceWords, type Position } from '~/domain/map-point'
import { useT } from '~/i18n/use-t'
import { flat, fitting, niceMetres, nearestPin, type Spot, type View } from './map-view'

export type Pin = Position & { id: string; label: string; tone: 'todo' | 'late' | 'done' }

/** Not the accent: an ISP's own colour may be any of the others. */
const fills = { todo: 'fill-warn', late: 'fill-danger', done: 'fill-faint' }
const TAP_PIXELS = 8
const ZOOM = 1.6
const NAMES_FROM = 0.35
/** Farther away the way from door to door is a tangle, and doors are dots. */
const WAY_FROM = 0.12
const BAR_PIXELS = 90

/** The doors of the route and where the phone is, drawn from what the phone holds: no street, and no signal needed. */
export function RouteMap(props: {
  pins: ReadonlyArray<Pin>
  here: (Position & { accuracyMetres: number }) | null
  picked: string | null
  onPick: (id: string | null) => void
}) {
  const { pins, here, picked, onPick } = props
  const t = useT('collector')
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const middle = useMemo(() => pins[0] ?? here, [pins, here])
  const spots = useMemo(
    () => (middle ? pins.map((pin) => ({ ...pin, ...flat(pin, middle) })) : []),
    [pins, middle],
  )
  const me = here && middle ? flat(here, middle) : null
  const [moved, setView] = useState<View | null>(null)
  const view = moved ?? fitting(spots, size)
  const drag = useDrag(view, setView, (at) => onPick(nearestPin(spots, view, size, at)))

  const x = (spot: Spot) => size.width / 2 + (spot.x - view.x) * view.scale
  const y = (spot: Spot) => size.height / 2 - (spot.y - view.y) * view.scale
  const isSeen = (spot: Spot) =>
    Math.abs(x(spot) - size.width / 2) < size.width &&
    Math.abs(y(spot) - size.height / 2) < size.height
  const zoom = (by: number) => setView({ ...view, scale: view.scale * by })
  const metres = niceMetres(BAR_PIXELS / view.scale)

  return (
    <div
      ref={box}
      className="relative h-[52dvh] min-h-72 touch-none overflow-hidden rounded-lg border border-line bg-sunken select-none"
    >
      <svg
        role="img"
        aria-label={t('map.drawing', { count: pins.length })}
        width={size.width}
        height={size.height}
        {...drag}
        onWheel={(event) => zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15)}
      >
        {view.scale > WAY_FROM ? (
          <polyline
            points={spots.map((spot) => `${x(spot)},${y(spot)}`).join(' ')}
            className="fill-none stroke-line-strong"
            strokeWidth={1.5}
            strokeDasharray="4 4"
          />
        ) : null}
        {me && here ? (
          <circle
            cx={x(me)}
            cy={y(me)}
            r={Math.max(14, here.accuracyMetres * view.scale)}
            className="fill-info opacity-15"
          />
        ) : null}
        {spots.filter(isSeen).map((spot) => (
          <g key={spot.id}>
            <circle
              cx={x(spot)}
              cy={y(spot)}
              r={spot.id === picked ? 11 : view.scale > WAY_FROM ? 7 : 5}
              strokeWidth={view.scale > WAY_FROM ? 2 : 1}
              className={`${fills[spot.tone]} stroke-surface`}
            />
            {view.scale > NAMES_FROM || spot.id === picked ? (
              <text
                x={x(spot)}
                y={y(spot) + 24}
                textAnchor="middle"
                strokeWidth={3}
                paintOrder="stroke"
                className="fill-ink stroke-sunken text-xs font-medium"
              >
                {spot.label}
              </text>
            ) : null}
          </g>
        ))}
        {me ? (
          <circle
            cx={x(me)}
            cy={y(me)}
            r={8}
            strokeWidth={3}
            className="fill-info stroke-surface"
          />
        ) : null}
      </svg>
      <p className="pointer-events-none absolute bottom-2 left-3 text-xs text-soft">
        <span
          className="mb-0.5 block border-x border-b border-soft pb-1"
          style={{ width: metres * view.scale }}
        />
        {distanceWords(metres)}
      </p>
      <div className="absolute top-2 right-2 flex flex-col gap-2">
        <Knob label={t('map.in')} onPress={() => zoom(ZOOM)}>
          <Plus aria-hidden="true" />
        </Knob>
        <Knob label={t('map.out')} onPress={() => zoom(1 / ZOOM)}>
          <Minus aria-hidden="true" />
        </Knob>
        <Knob label={t('map.all')} onPress={() => setView(null)}>
          <Maximize aria-hidden="true" />
        </Knob>
        {me ? (
          <Knob
            label={t('map.me')}
            onPress={() => setView({ ...me, scale: Math.max(view.scale, 0.5) })}
          >
            <Crosshair aria-hidden="true" />
          </Knob>
        ) : null}
      </div>
    </div>
  )
}

function Knob(props: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      onClick={props.onPress}
      className="grid size-12 place-items-center rounded-md border border-line-strong bg-surface shadow-hair active:bg-hover [&>svg]:size-5"
    >
      {props.children}
    </button>
  )
}

/** One finger moves, two zoom, and one that did not move picks. */
function useDrag(view: View, setView: (view: View) => void, onTap: (at: Spot) => void) {
  const fingers = useRef(new Map<number, Spot>())
  const walked = useRef(0)
  const spotOf = (event: PointerEvent<SVGSVGElement>): Spot => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  return {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      event.currentTarget.setPointerCapture(event.pointerId)
      fingers.current.set(event.pointerId, spotOf(event))
      if (fingers.current.size === 1) walked.current = 0
    },
    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      const before = fingers.current.get(event.pointerId)
      if (!before) return
      const now = spotOf(event)
      const [other] = [...fingers.current].flatMap(([id, at]) => (id === event.pointerId ? [] : at))
      fingers.current.set(event.pointerId, now)
      walked.current += Math.hypot(now.x - before.x, now.y - before.y)
      if (other) {
        const apart = (at: Spot) => Math.max(1, Math.hypot(at.x - other.x, at.y - other.y))
        setView({ ...view, scale: view.scale * (apart(now) / apart(before)) })
      } else {
        setView({
          ...view,
          x: view.x - (now.x - before.x) / view.scale,
          y: view.y + (now.y - before.y) / view.scale,
        })
      }
    },
    onPointerUp(event: PointerEvent<SVGSVGElement>) {
      fingers.current.delete(event.pointerId)
      if (walked.current < TAP_PIXELS) onTap(spotOf(event))
    },
    onPointerCancel(event: PointerEvent<SVGSVGElement>) {
      fingers.current.delete(event.pointerId)
    },
  }
}

function useSize(box: RefObject<HTMLDivElement>) {
  const [size, setSize] = useState({ width: 358, height: 400 })
  useEffect(() => {
    if (!box.current) return
    const watcher = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [box])
  return size
}
