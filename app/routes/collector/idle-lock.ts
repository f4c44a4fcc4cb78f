import { useEffect, useRef } from 'react'

const LOOK_MILLISECONDS = 10_000
const touches = ['pointerdown', 'keydown', 'scroll'] as const

/** Calls `lock` after so many minutes without a touch, also those during which the phone lay dark. */
export function useIdleLock(minutes: number, lock: () => void) {
  const latest = useRef(lock)
  useEffect(() => {
    latest.current = lock
  })

  useEffect(() => {
    let touchedAt = Date.now()
    const touch = () => (touchedAt = Date.now())
    const look = () => {
      if (Date.now() - touchedAt >= minutes * 60_000) latest.current()
    }
    const timer = setInterval(look, LOOK_MILLISECONDS)
    // Looked at first: the touch that wakes a phone must not count as its use.
    document.addEventListener('visibilitychange', look)
    for (const name of touches) window.addEventListener(name, touch, { passive: true })
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const name of touches) window.removeEventListener(name, touch)
    }
  }, [minutes])
}
