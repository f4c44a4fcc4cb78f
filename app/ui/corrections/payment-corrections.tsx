import { useState } from 'react'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { MoneyInput } from '~/ui/base/money-input'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import { findSubscribers } from '~/ui/payments/ask'
import { SubscriberPicker, type FoundSubscriber } from '~/ui/people/subscriber-picker'
import { RefundDialog } from './refund-dialog'
import { WhyField } from './why-field'
import { useCorrectionWords } from './words'

type Payment = {
  id: string
  subscriber_id: string | null
  method: string
  stage: string
  amount_minor: number
  refunded_minor: number
  recovered_minor: number
  deposited_minor: number
}

type Props = {
  payment: Payment
  correctionId: string
  limitMinor: number | null
  boughtTime: boolean
}

/** What can be put right about a payment besides voiding it. */
export function PaymentCorrections(props: Props) {
  const { payment, correctionId, limitMinor, boughtTime } = props
  const { can } = useOffice()
  const action = `/office/payments/${payment.id}`
  const left =
    payment.amount_minor -
    payment.refunded_minor -
    payment.recovered_minor -
    payment.deposited_minor
  if (!can('payments.correct') || payment.stage === 'void' || !payment.subscriber_id) return null

  return (
    <>
      {payment.refunded_minor === 0 ? <Transfer {...props} action={action} /> : null}
      {payment.method === 'cheque' && payment.refunded_minor === 0 ? (
        <Bounce {...props} action={action} />
      ) : null}
      {payment.method !== 'withholding' && left > 0 && !boughtTime ? (
        <RefundDialog
          subscriberId={payment.subscriber_id}
          paymentId={payment.id}
          mostMinor={left}
          correctionId={correctionId}
          limitMinor={limitMinor}
          action={action}
        />
      ) : null}
    </>
  )
}

function Transfer({ payment, correctionId, limitMinor, action }: Props & { action: string }) {
  const t = useT('corrections')
  const { hintOf, saidOf } = useCorrectionWords()
  const [whom, setWhom] = useState<FoundSubscriber | null>(null)
  const amount = formatMoney(payment.amount_minor)

  return (
    <CommandDialog
      trigger={<Button>{t('transfer.button')}</Button>}
      title={t('transfer.title', { amount })}
      lead={t('transfer.lead') + hintOf(limitMinor, payment.amount_minor)}
      action={action}
      intent="transfer"
      submit={t('transfer.submit')}
      done={saidOf(t('transfer.done'))}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={correctionId} />
          <input type="hidden" name="payment_id" value={payment.id} />
          <input type="hidden" name="subscriber_id" value={whom?.id ?? ''} />
          {whom ? (
            <p className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-sunken px-4 py-3">
              <span className="min-w-0">
                <span className="block font-medium">{t('transfer.to', { name: whom.name })}</span>
                <span className="block text-sm text-faint">
                  {[whom.account_no, whom.address].filter(Boolean).join(' · ')}
                </span>
              </span>
              <Button size="small" variant="quiet" onClick={() => setWhom(null)}>
                {t('transfer.other')}
              </Button>
            </p>
          ) : (
            <div>
              <p className="mb-1.5 text-sm font-medium">{t('transfer.whom')}</p>
              <SubscriberPicker autoFocus find={findSubscribers} onPick={setWhom} />
              {errors('subscriber_id') ? (
                <p role="alert" className="mt-1.5 text-sm text-danger">
                  {errors('subscriber_id')?.[0]}
                </p>
              ) : null}
            </div>
          )}
          <WhyField errors={errors} autoFocus={false} />
        </>
      )}
    </CommandDialog>
  )
}

function Bounce({ payment, correctionId, action }: Props & { action: string }) {
  const t = useT('corrections')
  return (
    <CommandDialog
      trigger={<Button>{t('bounce.button')}</Button>}
      title={t('bounce.title')}
      lead={t('bounce.lead')}
      action={action}
      intent="bounce"
      submit={t('bounce.submit')}
      submitVariant="danger"
      done={t('bounce.done')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={correctionId} />
          <input type="hidden" name="payment_id" value={payment.id} />
          <Field label={t('bounce.fee')} error={errors('fee_minor')} optional>
            <MoneyInput name="fee_minor" />
          </Field>
          <WhyField errors={errors} />
        </>
      )}
    </CommandDialog>
  )
}
