import { Form, Link, useSearchParams, useSubmit } from '@remix-run/react'
import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { SearchInput } from './search-input'
import type { Option } from './select'
import { withParams } from '~/domain/url-list'

export type Filter =
  | { kind?: 'choice'; name: string; label: string; options: ReadonlyArray<Option> }
  /** `unset` is the day the list shows while the address names none. */
  | { kind: 'day'; name: string; label: string; unset?: string }

const TYPING_PAUSE_MILLISECONDS = 250

/**
 * Narrows a list through its address. It is an ordinary GET form, so it works before JavaScript
 * arrives; afterwards each change is applied at once.
 */
export function FilterBar(props: {
  search?: { name?: string; label: string }
  filters?: ReadonlyArray<Filter>
  /** Export, saved views: what is done with the list as it now stands. */
  actions?: ReactNode
  /** One of several forms of its page: then it is not the page's search. */
  isPart?: boolean
}) {
  const { search, filters = [], actions, isPart = false } = props
  const t = useT('common')
  const [params] = useSearchParams()
  const submit = useSubmit()
  const form = useRef<HTMLFormElement>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>()

  const searchName = search?.name ?? 'q'
  const names = [...filters.map((filter) => filter.name), ...(search ? [searchName] : [])]
  const isNarrowed = names.some((name) => params.get(name))
  const kept = [...params].filter(([name]) => !names.includes(name) && name !== 'page')

  useEffect(() => () => clearTimeout(pause.current), [])

  // A new address from elsewhere (back, “Clear all”) fills the form again; what is being typed stays.
  useEffect(() => {
    for (const input of form.current?.elements ?? []) {
      const isFilter = input instanceof HTMLInputElement || input instanceof HTMLSelectElement
      if (!isFilter || !input.name || input.type === 'hidden' || input === document.activeElement)
        continue
      input.value = params.get(input.name) ?? input.dataset.unset ?? ''
    }
  }, [params])

  function apply(afterMilliseconds = 0) {
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      if (!form.current) return
      const filled = [...new FormData(form.current)].filter(([, value]) => value !== '')
      const next = new URLSearchParams(filled.map(([name, value]) => [name, String(value)]))
      submit(next, { replace: true, preventScrollReset: true })
    }, afterMilliseconds)
  }

  return (
    <Form
      ref={form}
      method="get"
      role={isPart ? undefined : 'search'}
      preventScrollReset
      className="flex flex-wrap items-center gap-2"
    >
      {kept.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      {search ? (
        <SearchInput
          name={searchName}
          label={search.label}
          defaultValue={params.get(searchName) ?? ''}
          onChange={() => apply(TYPING_PAUSE_MILLISECONDS)}
          className="w-full sm:w-72"
        />
      ) : null}
      {filters.map((filter) => (
        <Pill
          key={filter.name}
          filter={filter}
          value={params.get(filter.name) ?? ''}
          onChange={() => apply()}
        />
      ))}
      {isNarrowed ? (
        <Link
          to={withParams(params, Object.fromEntries(names.map((name) => [name, null])))}
          preventScrollReset
          className="rounded-sm px-2 py-1 text-sm font-medium text-accent-text hover:bg-hover"
        >
          {t('clear_all')}
        </Link>
      ) : null}
      <noscript>
        <button className="rounded-md border border-line-strong px-3 py-2 text-sm">
          {t('search')}
        </button>
      </noscript>
      {actions ? <div className="ml-auto flex flex-wrap gap-2">{actions}</div> : null}
    </Form>
  )
}

function Pill({
  filter,
  value,
  onChange,
}: {
  filter: Filter
  value: string
  onChange: () => void
}) {
  const t = useT('common')
  const look = clsx(
    'h-(--control) appearance-none rounded-md border text-(length:--control-text) transition-colors',
    'focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent/30',
    value
      ? 'border-accent bg-accent-soft font-medium text-accent-text'
      : 'border-line-strong bg-surface text-soft shadow-hair hover:border-faint hover:text-ink',
  )

  if (filter.kind === 'day') {
    return (
      <label className="inline-flex items-center gap-2 text-sm text-soft">
        {filter.label}
        <input
          type="date"
          name={filter.name}
          defaultValue={value || filter.unset}
          data-unset={filter.unset}
          onChange={onChange}
          className={clsx(look, 'tabular px-2.5')}
        />
      </label>
    )
  }

  return (
    <label
      className={clsx(
        look,
        'relative inline-flex max-w-full items-center pl-3 focus-within:outline-2 focus-within:outline-accent/40',
      )}
    >
      <span className={value ? undefined : 'text-faint'}>{filter.label}</span>
      <select
        name={filter.name}
        defaultValue={value}
        onChange={onChange}
        className="h-full max-w-52 cursor-pointer appearance-none truncate bg-transparent pr-8 pl-1.5 outline-none"
      >
        <option value="">{t('all')}</option>
        {filter.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 opacity-70"
      />
    </label>
  )
}
