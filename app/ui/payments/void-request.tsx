import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { TextArea } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'

type Request = { id: string; reason: string; requested_by_name: string }

/** Asks a second person to take a payment back. */
export function AskToVoid(props: {
  payment: { receipt_number: string | null; amount_minor: number }
  action: string
}) {
  const { payment, action } = props
  const t = useT('collections')
  return (
    <CommandDialog
      trigger={<Button>{t('void.ask')}</Button>}
      title={t('void.title', { number: payment.receipt_number ?? '' })}
      lead={t('void.lead', { amount: formatMoney(payment.amount_minor) })}
      action={action}
      intent="request_void"
      submit={t('void.send')}
      submitVariant="danger"
      done={t('void.asked_toast')}
    >
      {(errors) => (
        <Field label={t('void.reason')} error={errors('reason')} required>
          <TextArea name="reason" maxLength={300} autoFocus />
        </Field>
      )}
    </CommandDialog>
  )
}

/** What the second person sees and decides. Whoever asked only sees that somebody else must. */
export function DecideVoid(props: {
  request: Request
  isOwn: boolean
  amount_minor: number
  mayDecide: boolean
  action: string
}) {
  const { request, isOwn, amount_minor, mayDecide, action } = props
  const t = useT('collections')

  return (
    <Banner
      kind="warn"
      title={t('void.open_title', { name: request.requested_by_name })}
      actions={
        mayDecide && !isOwn ? (
          <VoidDecision requestId={request.id} amount_minor={amount_minor} action={action} />
        ) : null
      }
    >
      <p>“{request.reason}”</p>
      {isOwn ? <p className="mt-1 text-soft">{t('void.own')}</p> : null}
    </Banner>
  )
}

export function VoidDecision(props: { requestId: string; amount_minor: number; action: string }) {
  const { requestId, amount_minor, action } = props
  const t = useT('collections')
  const amount = formatMoney(amount_minor)

  return (
    <div className="flex flex-wrap gap-2">
      <CommandDialog
        trigger={<Button size="small">{t('void.refuse')}</Button>}
        title={t('void.refuse_title')}
        lead={t('void.refuse_lead')}
        action={action}
        intent="refuse_void"
        submit={t('void.refuse')}
        done={t('void.refused_toast')}
      >
        {(errors) => (
          <>
            <input type="hidden" name="request_id" value={requestId} />
            <Field label={t('void.reason')} error={errors('reason')} required>
              <TextArea name="reason" maxLength={300} autoFocus />
            </Field>
          </>
        )}
      </CommandDialog>
      <CommandDialog
        trigger={
          <Button size="small" variant="danger">
            {t('void.approve', { amount })}
          </Button>
        }
        title={t('void.approve_title', { amount })}
        lead={t('void.approve_lead')}
        action={action}
        intent="approve_void"
        submit={t('void.approve', { amount })}
        submitVariant="danger"
        done={t('void.approved_toast')}
      >
        {() => <input type="hidden" name="request_id" value={requestId} />}
      </CommandDialog>
    </div>
  )
}
