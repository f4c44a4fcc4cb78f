import { Form } from '@remix-run/react'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Banner } from '~/ui/base/banner'
import { Button, SubmitButton } from '~/ui/base/button'
import { Dialog, DialogClose } from '~/ui/base/dialog'
import { Field } from '~/ui/base/field'
import { TextArea } from '~/ui/base/text-input'

export type VoidRequest = {
  id: string
  reason: string
  requested_by_name: string
  /** Asked by the person who looks: somebody else must decide. */
  isOwn: boolean
}

export function AskToVoid(props: { number: string; amount_minor: number; error?: string | null }) {
  const t = useT('collections')
  const common = useT('common')
  return (
    <Dialog
      trigger={<Button>{t('void.ask')}</Button>}
      title={t('void.title', { number: props.number })}
      lead={t('void.lead', { amount: formatMoney(props.amount_minor) })}
    >
      <Form method="post">
        <ReasonField label={t('void.reason')} error={props.error} />
        <div className="mt-4 flex justify-end gap-2">
          <DialogClose>
            <Button variant="quiet">{common('cancel')}</Button>
          </DialogClose>
          <SubmitButton name="intent" value="request_void" variant="danger">
            {t('void.send')}
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}

/** What the second person sees and decides. */
export function DecideVoid(props: {
  request: VoidRequest
  amount_minor: number
  mayDecide: boolean
  error?: string | null
}) {
  const { request, amount_minor, mayDecide, error } = props
  const t = useT('collections')

  return (
    <Banner
      kind="warn"
      title={t('void.open_title', { name: request.requested_by_name })}
      actions={
        mayDecide && !request.isOwn ? (
          <>
            <RefuseVoid requestId={request.id} error={error} />
            <Form method="post">
              <input type="hidden" name="request_id" value={request.id} />
              <SubmitButton name="intent" value="approve_void" variant="danger" size="small">
                {t('void.approve', { amount: formatMoney(amount_minor) })}
              </SubmitButton>
            </Form>
          </>
        ) : null
      }
    >
      <p>“{request.reason}”</p>
      {request.isOwn ? <p className="mt-1 text-soft">{t('void.own')}</p> : null}
    </Banner>
  )
}

function RefuseVoid({ requestId, error }: { requestId: string; error?: string | null }) {
  const t = useT('collections')
  const common = useT('common')
  return (
    <Dialog
      trigger={<Button size="small">{t('void.refuse')}</Button>}
      title={t('void.refuse_title')}
      lead={t('void.refuse_lead')}
    >
      <Form method="post">
        <input type="hidden" name="request_id" value={requestId} />
        <ReasonField label={t('void.reason')} error={error} />
        <div className="mt-4 flex justify-end gap-2">
          <DialogClose>
            <Button variant="quiet">{common('cancel')}</Button>
          </DialogClose>
          <SubmitButton name="intent" value="refuse_void">
            {t('void.refuse')}
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}

function ReasonField({ label, error }: { label: string; error?: string | null }) {
  return (
    <Field label={label} error={error} required>
      <TextArea name="reason" maxLength={300} autoFocus />
    </Field>
  )
}
