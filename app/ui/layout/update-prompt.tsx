import { useEffect, useState } from 'react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { onUpdateOffered, updateNow, watchUpdates } from './app-updates'

let isWatching = false

/** Offers a new version and waits for the tap. Put it once into a phone layout. */
export function UpdatePrompt() {
  const t = useT('common')
  const [isOffered, setOffered] = useState(false)
  const [isPutOff, setPutOff] = useState(false)

  useEffect(() => {
    // A browser that keeps no worker still shows the page.
    if (!isWatching) void watchUpdates().catch(() => {})
    isWatching = true
    return onUpdateOffered(setOffered)
  }, [])

  if (!isOffered || isPutOff) return null
  return (
    <div role="status" className="border-t border-line bg-accent-soft">
      <div className="mx-auto flex max-w-2xl flex-wrap items-center gap-2 px-4 py-2">
        <p className="flex-1 text-sm font-medium text-accent-text">{t('update.ready')}</p>
        <Button variant="quiet" onClick={() => setPutOff(true)}>
          {t('update.later')}
        </Button>
        <Button variant="primary" onClick={updateNow}>
          {t('update.use')}
        </Button>
      </div>
    </div>
  )
}
