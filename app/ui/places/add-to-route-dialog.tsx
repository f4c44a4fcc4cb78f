import { Route } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { Select } from '~/ui/base/select'
import { CommandDialog } from '~/ui/office/command-dialog'

export function AddToRouteDialog(props: {
  routes: ReadonlyArray<{ id: string; name: string }>
  subscriberIds: ReadonlyArray<string>
  onDone: () => void
}) {
  const { routes, subscriberIds, onDone } = props
  const t = useT('subscribers')
  return (
    <CommandDialog
      trigger={
        <Button size="small" icon={<Route />}>
          {t('route.add')}
        </Button>
      }
      title={t('route.add')}
      lead={t('route.lead')}
      action="/office/subscribers"
      intent="add_to_route"
      submit={t('route.add')}
      done={t('route.done')}
      onDone={onDone}
    >
      {(errors) => (
        <>
          {subscriberIds.map((id, index) => (
            <input key={id} type="hidden" name={`subscriber_ids[${index}]`} value={id} />
          ))}
          <Field label={t('filter.route')} error={errors('route_id')}>
            <Select
              name="route_id"
              placeholder={t('route.choose')}
              options={routes.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
