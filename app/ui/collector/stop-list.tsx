import { useNavigate } from '@remix-run/react'
import { type MouseEvent, useEffect, useRef, useState } from 'react'
import type { Day } from '~/domain/calendar'
import { useFormat } from '~/i18n/use-format'
import { useT } from '~/i18n/use-t'
import { StopRow, type Stop } from './stop-row'

/** A screenful, so that the first is soon there. */
const FIRST_ROWS = 14
/** Below the search fewer fit, and at the next key most of them are drawn anew. */
const FOUND_ROWS = 9
/** Few at a time: a thumb that scrolls must not wait for them. */
const MORE_ROWS = 20

/** How far a person had come, so that going back finds the same place. */
let reached = FIRST_ROWS

/** A cheap phone cannot draw two thousand doors at once: the list grows as the thumb gets there. */
export function StopList(props: {
  stops: ReadonlyArray<Stop>
  today: Day
  currency: string
  /** What a search found: it begins short again whenever it changes. */
  isFound?: boolean
}) {
  const { stops, today, currency, isFound = false } = props
  const first = isFound ? FOUND_ROWS : reached
  const [drawn, setDrawn] = useState({ stops, rows: first })
  const shown = isFound && drawn.stops !== stops ? first : drawn.rows
  const end = useRef<HTMLDivElement>(null)
  const hasMore = stops.length > shown
  const t = useT('collector')
  const format = useFormat()
  const navigate = useNavigate()

  /** As a link of the app does; a tap with a key held down is the browser's. */
  function follow(event: MouseEvent) {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(link.pathname)
  }

  useEffect(() => {
    const mark = end.current
    if (!mark || !hasMore) return
    const watcher = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return
        const rows = shown + MORE_ROWS
        if (!isFound) reached = rows
        setDrawn({ stops, rows })
      },
      { rootMargin: isFound ? '0px' : '1200px' },
    )
    watcher.observe(mark)
    return () => watcher.disconnect()
  }, [hasMore, isFound, shown, stops])

  return (
    <>
      <ul className="divide-y divide-line border-y border-line bg-surface" onClick={follow}>
        {stops.slice(0, shown).map((stop, at) => (
          // What was found takes the place of what was found before: other words in the same row are drawn sooner than another row.
          <li key={isFound ? at : stop.id}>
            <StopRow {...{ stop, today, currency, t, format }} />
          </li>
        ))}
      </ul>
      <div ref={end} aria-hidden="true" />
    </>
  )
}
