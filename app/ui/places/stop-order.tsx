import type { SubmissionResult } from '@conform-to/react'
import { Link, useFetcher } from '@remix-run/react'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '~/i18n/use-t'
import { Button, IconButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { EmptyState } from '~/ui/base/empty-state'
import { MoneyCell } from '~/ui/money/money'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useOffice } from '~/ui/office/office-context'
import { useSavedToast } from '~/ui/office/saved-toast'
import { StopPlace } from './stop-place'
import { shortAddress } from '~/domain/subscriber'

type Stop = {
  id: string
  name: string
  account_no: string
  purok: string | null
  barangay: string | null
  balance_minor: number
}

/** Who is visited in which order. Changes wait here until they are saved. */
export function StopOrder(props: {
  routeId: string
  stops: ReadonlyArray<Stop>
  canChange: boolean
}) {
  const { routeId, stops, canChange } = props
  const { currency } = useOffice()
  const t = useT('settings')
  const fetcher = useFetcher<SubmissionResult>()
  const [order, setOrder] = useState(stops)
  const [said, setSaid] = useState('')
  useEffect(() => setOrder(stops), [stops])
  useSavedToast(fetcher.data, t('routes.order_saved'))

  const isChanged = order.map((stop) => stop.id).join() !== stops.map((stop) => stop.id).join()

  function move(from: number, to: number) {
    const stop = order[from]
    if (!stop || to < 0 || to >= order.length) return
    const next = order.filter((_, index) => index !== from)
    next.splice(to, 0, stop)
    setOrder(next)
    setSaid(t('routes.moved', { name: stop.name, position: to + 1, total: order.length }))
  }

  return (
    <Card
      title={t('routes.stops_count', { count: order.length })}
      flush
      actions={
        canChange && isChanged ? (
          <fetcher.Form method="post" className="flex gap-2">
            <input type="hidden" name="intent" value="stops" />
            <input type="hidden" name="route_id" value={routeId} />
            {order.map((stop) => (
              <input key={stop.id} type="hidden" name="subscriber_ids" value={stop.id} />
            ))}
            <Button size="small" variant="quiet" onClick={() => setOrder(stops)}>
              {t('routes.undo')}
            </Button>
            <Button size="small" type="submit" variant="primary" busy={fetcher.state !== 'idle'}>
              {t('routes.save_order')}
            </Button>
          </fetcher.Form>
        ) : undefined
      }
    >
      <p role="status" className="sr-only">
        {said}
      </p>
      <FormRefusal errors={fetcher.data?.error?.['']} />
      {order.length === 0 ? (
        <EmptyState title={t('routes.no_stops')}>{t('routes.no_stops_body')}</EmptyState>
      ) : (
        <ol className="divide-y divide-line">
          {order.map((stop, index) => (
            <li key={stop.id} className="flex items-center gap-3 py-1.5 pr-3 pl-4 sm:pl-5">
              {canChange ? (
                <StopPlace
                  label={t('routes.place', { name: stop.name })}
                  place={index + 1}
                  places={order.length}
                  onPlace={(place) => move(index, place - 1)}
                />
              ) : (
                <span className="tabular w-8 shrink-0 text-right text-sm text-faint">
                  {index + 1}
                </span>
              )}
              <span className="min-w-0 flex-1">
                <Link
                  to={`/office/subscribers/${stop.id}`}
                  className="block truncate font-medium hover:underline"
                >
                  {stop.name}
                </Link>
                <span className="block truncate text-sm text-faint">
                  {[stop.account_no, shortAddress(stop)].filter(Boolean).join(' · ')}
                </span>
              </span>
              <span className="max-sm:hidden">
                <MoneyCell minor={stop.balance_minor} currency={currency} />
              </span>
              {canChange ? (
                <span className="flex shrink-0">
                  <IconButton
                    size="small"
                    label={t('routes.up', { name: stop.name })}
                    disabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  >
                    <ArrowUp />
                  </IconButton>
                  <IconButton
                    size="small"
                    label={t('routes.down', { name: stop.name })}
                    disabled={index === order.length - 1}
                    onClick={() => move(index, index + 1)}
                  >
                    <ArrowDown />
                  </IconButton>
                  <IconButton
                    size="small"
                    label={t('routes.off', { name: stop.name })}
                    onClick={() => setOrder(order.filter((one) => one.id !== stop.id))}
                  >
                    <X />
                  </IconButton>
                </span>
              ) : null}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
