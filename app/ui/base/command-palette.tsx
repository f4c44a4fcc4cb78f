import { useNavigate } from '@remix-run/react'
import { clsx } from 'clsx'
import { CornerDownLeft, Search } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { Kbd } from './key-value'

export type PaletteItem = {
  id: string
  to: string
  label: string
  detail?: ReactNode
  icon?: ReactNode
}

export type PaletteGroup = { heading: string; items: ReadonlyArray<PaletteItem> }

/** Answers with what fits; a newer question aborts the older one. */
export type PaletteSearch = (
  query: string,
  signal: AbortSignal,
) => Promise<ReadonlyArray<PaletteGroup>>

const TYPING_PAUSE_MILLISECONDS = 120

/** Finds anything. `Ctrl K` or `/` opens it, arrows move, Enter goes. */
export function CommandPalette(props: {
  open: boolean
  onOpenChange: (open: boolean) => void
  screens: ReadonlyArray<PaletteItem>
  search?: PaletteSearch
}) {
  const { open, onOpenChange } = props
  const t = useT('common')
  usePaletteKeys(() => onOpenChange(true))

  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-scrim data-[state=open]:animate-fade" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[70dvh] max-w-xl flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-pop focus:outline-none data-[state=open]:animate-rise sm:top-[14dvh]"
        >
          <Radix.Title className="sr-only">{t('palette.hint')}</Radix.Title>
          <Palette {...props} onDone={() => onOpenChange(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Palette(props: {
  screens: ReadonlyArray<PaletteItem>
  search?: PaletteSearch
  onDone: () => void
}) {
  const { screens, search, onDone } = props
  const t = useT('common')
  const navigate = useNavigate()
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const { found, hasFailed, isAsking } = useAnswers(query, search)

  const fitting = screens.filter((screen) => fits(screen.label, query))
  const groups = [
    ...found,
    ...(fitting.length ? [{ heading: t('palette.go_to'), items: fitting }] : []),
  ]
  const items = groups.flatMap((group) => group.items)
  const current = items[Math.min(at, items.length - 1)]

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  function go(item: PaletteItem | undefined) {
    if (!item) return
    onDone()
    navigate(item.to)
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      setAt((Math.min(at, items.length - 1) + step + items.length) % Math.max(items.length, 1))
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      go(current)
    }
  }

  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search className="size-4.5 shrink-0 text-faint" aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
          aria-label={t('palette.placeholder')}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
          className="h-13 w-full bg-transparent text-base outline-none"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t('palette.hint')}
        className="overflow-y-auto p-2"
      >
        {groups.map((group) => (
          <div key={group.heading} role="group" aria-label={group.heading}>
            <p aria-hidden="true" className="px-2.5 pt-2 pb-1 text-xs font-medium text-faint">
              {group.heading}
            </p>
            {group.items.map((item) => (
              <button
                key={item.id}
                id={`${listId}-${item.id}`}
                type="button"
                role="option"
                tabIndex={-1}
                aria-selected={item === current}
                onPointerMove={() => setAt(items.indexOf(item))}
                onClick={() => go(item)}
                className={clsx(
                  'flex min-h-10 w-full items-center gap-3 rounded-md px-2.5 py-1.5 text-left [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-faint',
                  item === current && 'bg-hover',
                )}
              >
                {item.icon}
                <span className="min-w-0 flex-1 truncate">{item.label}</span>
                {item.detail ? (
                  <span className="tabular shrink-0 text-sm text-faint">{item.detail}</span>
                ) : null}
                {item === current ? <CornerDownLeft aria-hidden="true" /> : null}
              </button>
            ))}
          </div>
        ))}
      </div>
      <p
        role="status"
        className={clsx(
          items.length > 0 && !hasFailed ? 'sr-only' : 'px-4 pt-4 pb-8 text-center text-soft',
        )}
      >
        {hasFailed
          ? t('palette.failed')
          : items.length === 0 && !isAsking
            ? t('palette.empty', { query })
            : t('palette.count', { count: items.length })}
      </p>
    </>
  )
}

function useAnswers(query: string, search: PaletteSearch | undefined) {
  const [answer, setAnswer] = useState<{
    query: string
    found: ReadonlyArray<PaletteGroup>
    hasFailed: boolean
  }>({
    query: '',
    found: [],
    hasFailed: false,
  })
  const asked = query.trim()

  useEffect(() => {
    if (!search || asked === '') return
    const abort = new AbortController()
    const pause = setTimeout(() => {
      search(asked, abort.signal).then(
        (found) => setAnswer({ query: asked, found, hasFailed: false }),
        () => {
          if (!abort.signal.aborted) setAnswer({ query: asked, found: [], hasFailed: true })
        },
      )
    }, TYPING_PAUSE_MILLISECONDS)
    return () => {
      clearTimeout(pause)
      abort.abort()
    }
  }, [asked, search])

  if (asked === '' || !search) return { found: [], hasFailed: false, isAsking: false }
  return { ...answer, isAsking: answer.query !== asked }
}

function fits(label: string, query: string) {
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => label.toLowerCase().includes(word))
}

function usePaletteKeys(open: () => void) {
  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent) {
      const isCtrlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
      const isSlash =
        event.key === '/' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey
      if (!isCtrlK && !isSlash) return
      event.preventDefault()
      open()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}

function isTyping(target: EventTarget | null) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}
