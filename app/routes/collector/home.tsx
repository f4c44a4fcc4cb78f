import { useSearchParams } from '@remix-run/react'
import { DoorOpen, Map as MapIcon, MapPinOff, PartyPopper, SearchX } from 'lucide-react'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { totals } from '~/offline/limits'
import { goOnFinding, listStops, type StopView } from '~/offline/view'
import { Banner } from '~/ui/base/banner'
import { LinkButton } from '~/ui/base/button'
import { EmptyState } from '~/ui/base/empty-state'
import { SkeletonRows } from '~/ui/base/progress'
import { SearchInput } from '~/ui/base/search-input'
import { Select } from '~/ui/base/select'
import { Segmented } from '~/ui/collector/segmented'
import { CountIsOpen } from '~/ui/collector/count-is-open'
import { StopList } from '~/ui/collector/stop-list'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { useLimitWords } from './limit-notice'
import { useRemembered, useScreen } from './screen'
import { usePosition } from './position'
import { inOrder, isDone, isToCollect, orders } from './stops'
import { useTyped } from './typed'

const filters = ['owes', 'all', 'done'] as const
type Filter = (typeof filters)[number]

/** Not worth a word in the address. */
const usual = { q: '', show: 'owes', order: 'walk' }

/** Today's route in walking order, with what each owes. */
export default function CollectorHome() {
  const { phone, today } = useScreen()
  const t = useT('collector')
  const [query, setQuery] = useSearchParams()
  const show = filters.find((filter) => filter === query.get('show')) ?? 'owes'
  const order = orders.find((one) => one === query.get('order')) ?? 'walk'
  const where = usePosition(order === 'near')
  const here = where.state === 'found' ? where.at : null
  const limit = useLimitWords(phone)

  const change = useCallback(
    (name: 'q' | 'show' | 'order', value: string) =>
      setQuery(
        (before) => {
          const next = new URLSearchParams(before)
          if (['', usual[name]].includes(value)) next.delete(name)
          else next.set(name, value)
          return next
        },
        { replace: true, preventScrollReset: true },
      ),
    [setQuery],
  )
  const {
    typed: search,
    setTyped: setSearch,
    keep,
  } = useTyped(query.get('q') ?? '', (typed) => change('q', typed))

  // Typing stays quick on a slow phone: the list follows when it can.
  const searched = useDeferredValue(search)
  const all = useRemembered(
    'stops',
    useCallback(() => listStops(phone), [phone]),
    [phone, today],
  )
  const [find] = useState(goOnFinding)
  const stops = useMemo(() => (all ? find(all, searched) : null), [find, all, searched])
  const sums = useRemembered(
    'sums',
    useCallback(() => totals(phone), [phone]),
    [phone, today],
  )
  const { currency } = phone.profile

  const isSearching = searched !== ''
  const shown = useMemo(
    // Whoever is searched for is shown, whatever the filter says: they are standing at the door.
    () => inOrder((isSearching ? stops : stops?.filter(isShown[show])) ?? [], order, here),
    [stops, show, isSearching, order, here],
  )
  const counts = useMemo(
    () => new Map(filters.map((one) => [one, all?.filter(isShown[one]).length])),
    [all],
  )

  // At a key only the search itself is drawn at once. What stands around it is as it was, and the list follows.
  const above = useMemo(
    () =>
      sums?.isCounting ? (
        <CountIsOpen />
      ) : (
        <div className="mb-3 grid grid-cols-2 divide-x divide-line rounded-lg border border-line bg-surface">
          <Sum label={t('home.collected')} minor={sums?.todayMinor} currency={currency} />
          <Sum label={t('home.on_hand')} minor={sums?.onHandMinor} currency={currency} />
        </div>
      ),
    [t, sums, currency],
  )
  const hasTyped = search !== ''
  const choices = useMemo(
    () => (
      <Segmented
        label={t('home.filter')}
        value={show}
        onChange={(value) => change('show', value)}
        options={filters.map((filter) => ({
          value: filter,
          label: t(`filter.${filter}`),
          count: hasTyped ? undefined : counts.get(filter),
        }))}
      />
    ),
    [t, show, change, hasTyped, counts],
  )
  const ways = useMemo(
    () => (
      <div className="mb-3 flex items-center gap-2">
        <Select
          aria-label={t('order.label')}
          className="w-full"
          value={order}
          onChange={(event) => change('order', event.target.value)}
          options={orders.map((value) => ({ value, label: t(`order.${value}`) }))}
        />
        <LinkButton to="/collector/map" icon={<MapIcon />}>
          {t('map.title')}
        </LinkButton>
      </div>
    ),
    [t, order, change],
  )
  const hasRoute = stops !== null && (stops.length > 0 || isSearching)
  const list = useMemo(
    () =>
      shown.length > 0 ? (
        <StopList
          key={isSearching ? 'found' : 'route'}
          stops={shown}
          today={today}
          currency={currency}
          isFound={isSearching}
        />
      ) : (
        <Nobody search={searched} show={show} hasRoute={hasRoute} />
      ),
    [shown, isSearching, today, currency, searched, show, hasRoute],
  )

  return (
    <>
      <h1 className="sr-only">{t('home.title')}</h1>
      {above}

      {limit.words.length > 0 ? (
        <Banner kind={limit.state === 'stop' ? 'danger' : 'warn'} className="mb-3">
          {limit.words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Banner>
      ) : null}

      <div className="sticky top-12 z-20 -mx-4 bg-canvas px-4 pt-1 pb-3 [@media(max-width:15em)]:static">
        <SearchInput
          label={t('home.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onBlur={keep}
          onClear={() => setSearch('')}
        />
        <div className="mt-2">{choices}</div>
      </div>

      {ways}
      <p aria-live="polite" className="mb-3 text-sm text-soft empty:hidden">
        {where.state === 'finding' ? t('order.finding') : null}
        {where.state === 'refused' ? t('order.no_place') : null}
      </p>

      <p aria-live="polite" className="sr-only">
        {isSearching ? t('home.found', { count: shown.length }) : null}
      </p>
      <div className="-mx-4" aria-busy={stops === null}>
        {stops === null ? <SkeletonRows rows={7} /> : list}
      </div>
    </>
  )
}

const isShown: Record<Filter, (stop: StopView) => boolean> = {
  owes: isToCollect,
  all: () => true,
  done: isDone,
}

function Sum(props: { label: string; minor: number | undefined; currency: string }) {
  return (
    <div className="min-w-0 px-4 py-3">
      <p className="text-sm text-soft">{props.label}</p>
      <p className="tabular text-xl font-semibold tracking-tight">
        {props.minor === undefined ? '—' : formatMoney(props.minor, props.currency)}
      </p>
    </div>
  )
}

function Nobody(props: { search: string; show: Filter; hasRoute: boolean }) {
  const t = useT('collector')
  if (props.search !== '') {
    return (
      <EmptyState icon={<SearchX />} title={t('home.not_found.title', { query: props.search })}>
        {t('home.not_found.body')}
      </EmptyState>
    )
  }
  if (!props.hasRoute) {
    return (
      <EmptyState icon={<MapPinOff />} title={t('home.no_route.title')}>
        {t('home.no_route.body')}
      </EmptyState>
    )
  }
  if (props.show === 'done') {
    return (
      <EmptyState icon={<DoorOpen />} title={t('home.none_done.title')}>
        {t('home.none_done.body')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<PartyPopper />} title={t('home.none_owe.title')}>
      {t('home.none_owe.body')}
    </EmptyState>
  )
}
