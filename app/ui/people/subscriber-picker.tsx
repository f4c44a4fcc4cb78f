import { clsx } from 'clsx'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useT } from '~/i18n/use-t'
import { SearchInput } from '~/ui/base/search-input'
import { Money } from '~/ui/money/money'

export type FoundSubscriber = {
  id: string
  account_no: string
  name: string
  address: string | null
  balance_minor: number
}

export type FindSubscribers = (
  query: string,
  signal: AbortSignal,
) => Promise<ReadonlyArray<FoundSubscriber>>

const TYPING_PAUSE_MILLISECONDS = 150

/** Finds one subscriber by keyboard alone: type, arrows, Enter. */
export function SubscriberPicker(props: {
  find: FindSubscribers
  onPick: (subscriber: FoundSubscriber) => void
  autoFocus?: boolean
}) {
  const { find, onPick, autoFocus } = props
  const t = useT('collections')
  const listId = useId()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const { found, hasFailed, isAnswered } = useFound(query.trim(), find)
  // Until the answer is there the list still shows who fitted fewer letters: none of them is meant.
  const current = isAnswered ? found[Math.min(at, found.length - 1)] : undefined
  const [enteredFor, setEnteredFor] = useState('')

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  // Enter came before the answer. It picks where only one fits; of several a person has to see the list.
  useEffect(() => {
    if (!isAnswered || enteredFor !== query) return
    setEnteredFor('')
    if (found.length === 1 && found[0]) onPick(found[0])
  }, [isAnswered, enteredFor, query, found, onPick])

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && current) {
      event.preventDefault()
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length)
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      if (current) onPick(current)
      else setEnteredFor(query)
    }
  }

  return (
    <div>
      <SearchInput
        label={t('picker.label')}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
        autoFocus={autoFocus}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onClear={() => setQuery('')}
        onKeyDown={onKeyDown}
      />
      <p
        role="status"
        className={clsx('text-sm text-soft', found.length > 0 ? 'sr-only' : 'pt-3 empty:hidden')}
      >
        {statusWords()}
      </p>
      <ul
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t('picker.label')}
        hidden={found.length === 0}
        aria-busy={!isAnswered}
        className="mt-2 max-h-96 overflow-y-auto rounded-lg border border-line p-1.5 aria-busy:opacity-60"
      >
        {found.map((subscriber, index) => (
          <li
            key={subscriber.id}
            id={`${listId}-${subscriber.id}`}
            role="option"
            aria-selected={subscriber === current}
            onPointerMove={() => setAt(index)}
            onClick={() => onPick(subscriber)}
            className={clsx(
              'flex min-h-12 cursor-pointer items-center gap-4 rounded-md px-3 py-2',
              subscriber === current && 'bg-hover',
            )}
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{subscriber.name}</span>
              <span className="block truncate text-sm text-faint">
                {[subscriber.account_no, subscriber.address].filter(Boolean).join(' · ')}
              </span>
            </span>
            <Money
              minor={subscriber.balance_minor}
              className={subscriber.balance_minor > 0 ? 'font-medium' : 'text-faint'}
            />
          </li>
        ))}
      </ul>
    </div>
  )

  function statusWords() {
    if (hasFailed) return t('picker.failed')
    if (!isAnswered) return ''
    return found.length === 0
      ? t('picker.none', { query: query.trim() })
      : t('picker.count', { count: found.length })
  }
}

type Answer = { query: string; found: ReadonlyArray<FoundSubscriber>; hasFailed: boolean }

function useFound(query: string, find: FindSubscribers) {
  const [answer, setAnswer] = useState<Answer>({ query: '', found: [], hasFailed: false })

  useEffect(() => {
    if (query === '') return
    const abort = new AbortController()
    const pause = setTimeout(() => {
      find(query, abort.signal).then(
        (found) => setAnswer({ query, found, hasFailed: false }),
        () => {
          if (!abort.signal.aborted) setAnswer({ query, found: [], hasFailed: true })
        },
      )
    }, TYPING_PAUSE_MILLISECONDS)
    return () => {
      clearTimeout(pause)
      abort.abort()
    }
  }, [query, find])

  if (query === '') return { found: [], hasFailed: false, isAnswered: false }
  return { ...answer, isAnswered: answer.query === query }
}
