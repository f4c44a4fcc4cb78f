import { useLocation } from '@remix-run/react'
import { type RefObject, useEffect, useRef } from 'react'

const HEADING = 'h1:not([data-coming])'

/**
 * Where a screen reader and the Tab key go on after a step: at the heading of the new screen, as soon as it is drawn; what stands there
 * meanwhile is not it. A screen that chose its own first control keeps it.
 */
export function useArrival(): RefObject<HTMLElement> {
  const place = useRef<HTMLElement>(null)
  const { pathname } = useLocation()

  useEffect(() => {
    const { current: box } = place
    if (!box) return
    const arrive = () => {
      if (!box.querySelector(HEADING)) return false
      if (document.activeElement === box || !box.contains(document.activeElement)) focusHeading(box)
      return true
    }
    if (arrive()) return
    const watch = new MutationObserver(() => {
      if (arrive()) watch.disconnect()
    })
    watch.observe(box, { childList: true, subtree: true })
    return () => watch.disconnect()
  }, [pathname])

  return place
}

function focusHeading(box: HTMLElement) {
  const heading = box.querySelector<HTMLElement>(HEADING)
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
