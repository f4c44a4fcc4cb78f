import { X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { IconButton } from './button'

export type Selection = {
  keys: ReadonlyArray<string>
  has: (key: string) => boolean
  set: (key: string, isChosen: boolean) => void
  setAll: (keys: ReadonlyArray<string>, isChosen: boolean) => void
  clear: () => void
}

/** Which rows of a list are chosen, at `first` or by hand. Pass it to `Table` and to `SelectionBar`. */
export function useSelection(first: ReadonlyArray<string> = []): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(first))

  function setAll(keys: ReadonlyArray<string>, isChosen: boolean) {
    setChosen((before) => {
      const after = new Set(before)
      for (const key of keys) {
        if (isChosen) after.add(key)
        else after.delete(key)
      }
      return after
    })
  }

  return {
    keys: [...chosen],
    has: (key) => chosen.has(key),
    set: (key, isChosen) => setAll([key], isChosen),
    setAll,
    clear: () => setChosen(new Set()),
  }
}

/** What can be done with the chosen rows. Stands above the list while some are chosen. */
export function SelectionBar({
  selection,
  children,
}: {
  selection: Selection
  children: ReactNode
}) {
  const t = useT('common')
  const count = selection.keys.length
  if (count === 0) return null

  return (
    <div className="flex flex-wrap items-center gap-3 border-b border-line bg-accent-soft px-4 py-2 sm:px-5">
      <p role="status" className="font-medium text-accent-text tabular">
        {t('selected', { count })}
      </p>
      <div className="flex flex-wrap gap-2">{children}</div>
      <IconButton
        label={t('clear_selection')}
        size="small"
        className="ml-auto"
        onClick={selection.clear}
      >
        <X />
      </IconButton>
    </div>
  )
}
