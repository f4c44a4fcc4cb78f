import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { usePaymentWords } from '~/ui/payments/words'
import { WhyField } from './why-field'
import { useCorrectionWords } from './words'

const methods = ['cash', 'gcash', 'maya', 'bank']

/** Gives money back: of one payment, or, where none is named, of the credit nobody needs. */
export function RefundDialog(props: {
  subscriberId: string
  paymentId?: string
  /** The most that can be given back. */
  mostMinor: number
  correctionId: string
  limitMinor: number | null
  action: string
}) {
  const { subscriberId, paymentId, mostMinor, correctionId, limitMinor, action } = props
  const t = useT('corrections')
  const { saidOf } = useCorrectionWords()
  const words = usePaymentWords()
  const lead = paymentId
    ? t('refund.of_payment')
    : t('refund.of_credit', { amount: formatMoney(mostMinor) })
  const hint = limitMinor === null ? '' : ` ${t('limit_hint', { limit: formatMoney(limitMinor) })}`

  return (
    <CommandDialog
      trigger={<Button>{t('refund.button')}</Button>}
      title={t('refund.title')}
      lead={lead + hint}
      action={action}
      intent="refund"
      submit={t('refund.submit')}
      submitVariant="danger"
      done={saidOf(t('refund.done'))}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={correctionId} />
          <input type="hidden" name="subscriber_id" value={subscriberId} />
          {paymentId ? <input type="hidden" name="payment_id" value={paymentId} /> : null}
          <Field label={t('refund.amount')} error={errors('amount_minor')} required>
            <MoneyInput name="amount_minor" defaultMinor={mostMinor} autoFocus />
          </Field>
          <Field label={t('refund.method')} error={errors('method')} required>
            <Select
              name="method"
              options={words.methodOptions.filter(({ value }) => methods.includes(value))}
            />
          </Field>
          <Field
            label={t('refund.reference')}
            hint={t('refund.reference_hint')}
            error={errors('reference')}
            optional
          >
            <TextInput name="reference" maxLength={80} autoComplete="off" />
          </Field>
          <WhyField errors={errors} autoFocus={false} />
        </>
      )}
    </CommandDialog>
  )
}
