import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { CommandDialog } from '~/ui/office/command-dialog'
import { WhyField } from './why-field'

type Request = {
  id: string
  kind:
    | 'credit_note'
    | 'invoice_void'
    | 'write_off'
    | 'refund'
    | 'transfer'
    | 'bounce'
    | 'time_cancel'
    | 'deposit_return'
    | 'payment_void'
  amount_minor: number
  reason: string
  asked_by_name: string | null
}

/** Where the office decides what somebody asked. */
const ACTION = '/office/approvals'

/** The two answers of the second person. A void of a payment is asked and answered by its own commands. */
export function DecideRequest({ request }: { request: Request }) {
  const t = useT('corrections')
  const isVoid = request.kind === 'payment_void'
  const id = (
    <input type="hidden" name={isVoid ? 'request_id' : 'correction_id'} value={request.id} />
  )

  return (
    <div className="flex justify-end gap-2 max-md:*:flex-1">
      <CommandDialog
        trigger={
          <Button size="small" variant="quiet">
            {t('decide.refuse')}
          </Button>
        }
        title={t('decide.refuse_title')}
        lead={t('decide.refuse_lead')}
        action={ACTION}
        intent={isVoid ? 'refuse_void' : 'refuse_correction'}
        submit={t('decide.refuse')}
        done={t('decide.refused')}
      >
        {(errors) => (
          <>
            {id}
            <WhyField errors={errors} />
          </>
        )}
      </CommandDialog>
      <CommandDialog
        trigger={<Button size="small">{t('decide.approve')}</Button>}
        title={t('decide.approve_title', {
          what: t(`kind.${request.kind}`),
          amount: formatMoney(request.amount_minor),
        })}
        lead={t('decide.approve_lead', {
          name: request.asked_by_name ?? '',
          reason: request.reason,
        })}
        action={ACTION}
        intent={isVoid ? 'approve_void' : 'approve_correction'}
        submit={t('decide.approve')}
        done={(answer) =>
          answer.outcome === 'expired'
            ? t('decide.expired', { note: answer.note ?? '' })
            : t('decide.approved')
        }
      >
        {() => id}
      </CommandDialog>
    </div>
  )
}

/** Who asked may change their mind while nobody has decided. */
export function WithdrawRequest({ request }: { request: Pick<Request, 'id'> }) {
  const t = useT('corrections')
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="quiet">
          {t('decide.withdraw')}
        </Button>
      }
      title={t('decide.withdraw_title')}
      lead={t('decide.withdraw_lead')}
      action={ACTION}
      intent="withdraw_correction"
      submit={t('decide.withdraw')}
      done={t('decide.withdrawn')}
    >
      {() => <input type="hidden" name="correction_id" value={request.id} />}
    </CommandDialog>
  )
}
