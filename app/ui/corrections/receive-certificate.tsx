import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { DateInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'

/** Says that a certificate that was to come is in hand. */
export function ReceiveCertificate(props: {
  paymentId: string
  subscriberName: string
  action: string
}) {
  const t = useT('corrections')
  const { can, today } = useOffice()
  if (!can('payments.record')) return null

  return (
    <CommandDialog
      trigger={<Button size="small">{t('certificate.receive')}</Button>}
      title={t('certificate.receive_title', { name: props.subscriberName })}
      lead={t('certificate.receive_lead')}
      action={props.action}
      intent="receive_certificate"
      submit={t('certificate.receive')}
      done={t('certificate.done')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="payment_id" value={props.paymentId} />
          <Field label={t('certificate.on')} error={errors('received_on')} required>
            <DateInput name="received_on" defaultValue={today} max={today} />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
