import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'

type Target = { subscriberId: string; subscriptionId: string; trigger: ReactNode }

const addressOf = (subscriberId: string) => `/office/subscribers/${subscriberId}/services`

export function OpenHoldDialog({ subscriberId, subscriptionId, trigger }: Target) {
  const t = useT('subscribers')
  return (
    <CommandDialog
      trigger={trigger}
      title={t('hold.title')}
      lead={t('hold.lead')}
      action={addressOf(subscriberId)}
      intent="open_hold"
      submit={t('hold.submit')}
      submitVariant="danger"
      done={t('hold.done')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="subscription_id" value={subscriptionId} />
          <Field label={t('hold.kind')} error={errors('kind')}>
            <Select
              name="kind"
              defaultValue="manual"
              options={(['manual', 'vacation', 'fault', 'abuse'] as const).map((kind) => ({
                value: kind,
                label: t(`hold.kind.${kind}`),
              }))}
            />
          </Field>
          <Field label={t('hold.reason')} hint={t('hold.reason_hint')} error={errors('reason')}>
            <TextInput name="reason" autoComplete="off" />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}

export function CloseHoldDialog({
  subscriberId,
  holdId,
}: {
  subscriberId: string
  holdId: string
}) {
  const t = useT('subscribers')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('hold.lift')}</Button>}
      title={t('hold.lift_title')}
      lead={t('hold.lift_lead')}
      action={addressOf(subscriberId)}
      intent="close_hold"
      submit={t('hold.lift_submit')}
      done={t('hold.lifted')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="hold_id" value={holdId} />
          <Field label={t('hold.note')} optional error={errors('reason')}>
            <TextInput name="reason" autoComplete="off" />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
