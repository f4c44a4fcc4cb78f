import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Checkbox } from '~/ui/base/choices'
import { Field, FieldGroup } from '~/ui/base/field'
import { Select } from '~/ui/base/select'
import { CommandDialog } from '~/ui/office/command-dialog'

type Named = { id: string; name: string }

/** Somebody else walks these routes from now on; the phones of both follow. */
export function HandOverDialog(props: {
  collector: { id: string; full_name: string; unsent_count: number }
  routes: ReadonlyArray<Named>
  others: ReadonlyArray<Named>
}) {
  const { collector, routes, others } = props
  const t = useT('collections')
  const name = collector.full_name

  return (
    <CommandDialog
      trigger={<Button>{t('handover.action')}</Button>}
      title={t('handover.title', { name })}
      lead={t('handover.lead')}
      action={`/office/collections/collectors/${collector.id}`}
      intent="hand_over"
      submit={t('handover.submit')}
      done={t('handover.done_toast')}
    >
      {(errors) => (
        <>
          {collector.unsent_count > 0 ? (
            <Banner kind="warn">
              {t('handover.unsent', { count: collector.unsent_count, name })}
            </Banner>
          ) : null}
          <input type="hidden" name="from_id" value={collector.id} />
          <FieldGroup legend={t('handover.which')} error={errors('route_ids')?.[0]}>
            {routes.map((route) => (
              <Checkbox
                key={route.id}
                name="route_ids"
                value={route.id}
                label={route.name}
                defaultChecked
              />
            ))}
          </FieldGroup>
          <Field label={t('handover.to')} error={errors('to_id')} required>
            <Select
              name="to_id"
              placeholder={t('handover.choose')}
              options={others.map((other) => ({ value: other.id, label: other.name }))}
            />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
