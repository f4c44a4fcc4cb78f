import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

/**
 * Keeps a page that people leave open as it is now: asks again every so often while somebody looks at it, and when they come
 * back to it. A server that does not answer leaves the page as it was.
 */
export function useFresh(everyMilliseconds: number) {
  const { revalidate } = useRevalidator()

  useEffect(() => {
    const look = async () => {
      if (document.visibilityState !== 'visible') return
      const isThere = await fetch('/health', { cache: 'no-store' }).then(
        ({ ok }) => ok,
        () => false,
      )
      if (isThere) revalidate()
    }
    const timer = setInterval(() => void look(), everyMilliseconds)
    const lookNow = () => void look()
    document.addEventListener('visibilitychange', lookNow)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', lookNow)
    }
  }, [everyMilliseconds, revalidate])
}
