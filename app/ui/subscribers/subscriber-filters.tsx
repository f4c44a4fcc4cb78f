import { FilterBar } from '~/ui/base/filter-bar'
import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'

type Named = { id: string; name: string }

/** Narrows any list of subscribers: the table and the map speak the same address. */
export function SubscriberFilters(props: {
  options: {
    barangays: ReadonlyArray<Named & { municipality: string }>
    plans: ReadonlyArray<Named>
    routes: ReadonlyArray<Named>
  }
  actions?: ReactNode
}) {
  const { barangays, plans, routes } = props.options
  const t = useT('subscribers')
  const municipalities = new Set(barangays.map((place) => place.municipality))
  return (
    <FilterBar
      search={{ label: t('search') }}
      filters={[
        {
          name: 'status',
          label: t('column.status'),
          options: [
            ...(['active', 'suspended', 'pending', 'ended', 'none'] as const).map((status) => ({
              value: status,
              label: t(`standing.${status}`),
            })),
          ],
        },
        {
          name: 'money',
          label: t('filter.money'),
          options: [
            { value: 'overdue', label: t('filter.overdue') },
            { value: 'owes', label: t('filter.owes') },
            { value: 'clear', label: t('filter.clear') },
            { value: 'credit', label: t('filter.credit') },
          ],
        },
        {
          name: 'barangay',
          label: t('filter.barangay'),
          options: barangays.map((place) => ({
            value: place.id,
            label: municipalities.size > 1 ? `${place.name}, ${place.municipality}` : place.name,
          })),
        },
        {
          name: 'plan',
          label: t('column.plan'),
          options: plans.map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          name: 'route',
          label: t('filter.route'),
          options: [
            { value: 'none', label: t('filter.no_route') },
            ...routes.map(({ id, name }) => ({ value: id, label: name })),
          ],
        },
      ]}
      actions={props.actions}
    />
  )
}
