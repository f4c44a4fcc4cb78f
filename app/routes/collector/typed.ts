import { useEffect, useRef, useState } from 'react'

const PAUSE_MILLISECONDS = 400

/** What is being typed, at once; the address follows at a pause, because a move of the address draws every link of a page anew. */
export function useTyped(inAddress: string, save: (typed: string) => void) {
  const [typed, setTyped] = useState(inAddress)
  const saved = useRef(inAddress)

  /** At once: a tap on what was found leaves the page. */
  function keep() {
    if (typed === saved.current) return
    saved.current = typed
    save(typed)
  }
  const latest = useRef(keep)
  useEffect(() => {
    latest.current = keep
  })

  useEffect(() => {
    const timer = setTimeout(() => latest.current(), PAUSE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [typed])

  // The address was changed by somebody else: the way back, a tap on the tab.
  useEffect(() => {
    if (inAddress === saved.current) return
    saved.current = inAddress
    setTyped(inAddress)
  }, [inAddress])

  return { typed, setTyped, keep }
}
