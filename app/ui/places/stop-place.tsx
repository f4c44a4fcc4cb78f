import { useEffect, useState } from 'react'

/** Where a stop stands in the walking order. Another number typed here moves it there. */
export function StopPlace(props: {
  label: string
  place: number
  places: number
  onPlace: (place: number) => void
}) {
  const { label, place, places, onPlace } = props
  const [typed, setTyped] = useState(String(place))
  useEffect(() => setTyped(String(place)), [place])

  function settle() {
    const wanted = Math.min(Math.max(Math.trunc(Number(typed)) || place, 1), places)
    setTyped(String(wanted))
    if (wanted !== place) onPlace(wanted)
  }

  return (
    <input
      aria-label={label}
      inputMode="numeric"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle()
        if (event.key === 'Escape') setTyped(String(place))
      }}
      className="tabular h-8 w-12 shrink-0 rounded-sm border border-transparent bg-transparent text-right text-sm text-soft hover:border-line-strong focus:border-line-strong"
    />
  )
}
