import type { SubmissionResult } from '@conform-to/react'
import { Form, Link, useFetcher, useSearchParams, useSubmit } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox } from '~/ui/base/choices'
import { SearchInput } from '~/ui/base/search-input'
import { toast } from '~/ui/base/toast'
import { FormRefusal } from '~/ui/office/form-refusal'

export type Municipality = {
  municipality: string
  province: string | null
  region: string
  barangay_count: number
}
export type NationalBarangay = {
  code: string
  barangay: string
  municipality: string
  province: string | null
}

const TYPING_PAUSE_MILLISECONDS = 250

/** Finds a municipality of the national list, then takes some or all of its barangays. */
export function BarangayPicker(props: {
  municipalities: ReadonlyArray<Municipality>
  barangays: ReadonlyArray<NationalBarangay>
  own: ReadonlyArray<{ name: string; municipality: string }>
}) {
  const { municipalities, barangays, own } = props
  const [params] = useSearchParams()
  const t = useT('settings')
  const query = params.get('q') ?? ''
  const chosen = params.get('in')

  return (
    <Card title={t('places.add')} lead={t('places.source')}>
      <MunicipalitySearch query={query} />
      {chosen ? (
        <BarangayChoice
          key={chosen + barangays.length}
          municipality={chosen}
          barangays={barangays}
          own={own}
        />
      ) : (
        <ul className="mt-3 flex flex-col divide-y divide-line">
          {municipalities.map((place) => (
            <li key={`${place.municipality} ${place.province}`}>
              <Link
                to={`?${new URLSearchParams({ q: query, in: place.municipality, province: place.province ?? '' }).toString()}`}
                preventScrollReset
                className="flex min-h-10 items-center justify-between gap-4 rounded-sm px-2 hover:bg-hover"
              >
                <span>
                  {place.municipality}
                  <span className="text-faint"> · {place.province ?? place.region}</span>
                </span>
                <span className="tabular text-sm text-faint">{place.barangay_count}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {query && !chosen && municipalities.length === 0 ? (
        <p className="mt-3 text-soft">{t('places.none')}</p>
      ) : null}
    </Card>
  )
}

function MunicipalitySearch({ query }: { query: string }) {
  const submit = useSubmit()
  const t = useT('settings')
  const pause = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(pause.current), [])

  return (
    <Form method="get" preventScrollReset role="search">
      <SearchInput
        name="q"
        label={t('places.search')}
        defaultValue={query}
        onChange={(event) => {
          const form = event.currentTarget.form
          clearTimeout(pause.current)
          pause.current = setTimeout(
            () => submit(form, { replace: true, preventScrollReset: true }),
            TYPING_PAUSE_MILLISECONDS,
          )
        }}
      />
    </Form>
  )
}

function BarangayChoice(props: {
  municipality: string
  barangays: ReadonlyArray<NationalBarangay>
  own: ReadonlyArray<{ name: string; municipality: string }>
}) {
  const { municipality, barangays, own } = props
  const t = useT('settings')
  const fetcher = useFetcher<SubmissionResult>()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const known = new Set(
    own.filter((place) => place.municipality === municipality).map((place) => place.name),
  )
  const free = barangays.filter((place) => !known.has(place.barangay))
  const done = t('places.added')

  useEffect(() => {
    if (fetcher.state !== 'idle' || fetcher.data?.status !== 'success') return
    toast.success(done)
    setTicked(new Set())
  }, [fetcher.state, fetcher.data, done])

  function tick(code: string, isTicked: boolean) {
    const next = new Set(ticked)
    if (isTicked) next.add(code)
    else next.delete(code)
    setTicked(next)
  }

  return (
    <fetcher.Form method="post" className="mt-4">
      <FormRefusal errors={fetcher.data?.error?.['']} />
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">{municipality}</p>
        <Button
          size="small"
          variant="quiet"
          disabled={free.length === 0}
          onClick={() =>
            setTicked(
              ticked.size === free.length ? new Set() : new Set(free.map((place) => place.code)),
            )
          }
        >
          {ticked.size === free.length && free.length > 0
            ? t('places.tick_none')
            : t('places.tick_all')}
        </Button>
      </div>
      <div className="grid max-h-96 gap-x-6 overflow-y-auto rounded-md border border-line p-3 sm:grid-cols-2">
        {barangays.map((place) =>
          known.has(place.barangay) ? (
            <Checkbox
              key={place.code}
              checked
              disabled
              label={place.barangay}
              hint={t('places.already')}
            />
          ) : (
            <Checkbox
              key={place.code}
              name="codes"
              value={place.code}
              checked={ticked.has(place.code)}
              onChange={(event) => tick(place.code, event.target.checked)}
              label={place.barangay}
            />
          ),
        )}
      </div>
      <div className="mt-4 flex justify-end">
        <Button
          type="submit"
          variant="primary"
          disabled={ticked.size === 0}
          busy={fetcher.state !== 'idle'}
        >
          {ticked.size === 0
            ? t('places.tick_first')
            : t('places.add_count', { count: ticked.size })}
        </Button>
      </div>
    </fetcher.Form>
  )
}
