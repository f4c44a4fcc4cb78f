import { Power } from 'lucide-react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { useOffice } from '~/ui/office/office-context'
import { ChangeDialog, type Target } from './change-dialogs'

/** Begins a service that was sold; what its first invoice will be stands below the day. */
export function ActivateDialog(
  props: Omit<Target, 'trigger'> & { planName: string; isSmall?: boolean },
) {
  const { planName, isSmall, ...target } = props
  const { today } = useOffice()
  const t = useT('subscribers')
  return (
    <ChangeDialog
      {...target}
      trigger={
        <Button variant="primary" size={isSmall ? 'small' : undefined} icon={<Power />}>
          {t('activate.open')}
        </Button>
      }
      title={t('activate.title', { plan: planName })}
      lead={t('activate.lead')}
      intent="activate"
      kind="activated"
      needs={['on_day']}
      submit={t('activate.submit')}
      done={t('activate.done')}
    >
      {(errors) => (
        <Field label={t('service.start')} error={errors('on_day')}>
          <DateInput name="on_day" defaultValue={today} />
        </Field>
      )}
    </ChangeDialog>
  )
}

/** Takes back a sale of which nothing came. */
export function CancelSaleDialog(props: Omit<Target, 'trigger'> & { planName: string }) {
  const { planName, ...target } = props
  const t = useT('subscribers')
  return (
    <ChangeDialog
      {...target}
      trigger={<Button variant="quiet">{t('sale.cancel')}</Button>}
      title={t('sale.cancel_title', { plan: planName })}
      lead={t('sale.cancel_lead')}
      intent="cancel_sale"
      submit={t('sale.cancel_submit')}
      submitVariant="danger"
      done={t('sale.cancel_done')}
    >
      {(errors) => (
        <Field label={t('hold.reason')} error={errors('reason')}>
          <TextInput name="reason" autoComplete="off" />
        </Field>
      )}
    </ChangeDialog>
  )
}
