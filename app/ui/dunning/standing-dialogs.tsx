import type { ReactNode } from 'react'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { FieldRow } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { CommandDialog } from '~/ui/office/command-dialog'

const addressOf = (subscriberId: string) => `/office/subscribers/${subscriberId}/standing`

export function PromiseDialog(props: {
  subscriberId: string
  /** Of the promise, made before it is sent. */
  id: string
  latestDay: string
  today: string
  days: number
  trigger: ReactNode
}) {
  const { subscriberId, id, latestDay, today, days, trigger } = props
  const t = useT('dunning')
  return (
    <CommandDialog
      trigger={trigger}
      title={t('promise.title')}
      lead={t('promise.lead', { days })}
      action={addressOf(subscriberId)}
      intent="promise"
      submit={t('promise.submit')}
      done={t('promise.done')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="subscriber_id" value={subscriberId} />
          <FieldRow>
            <Field label={t('promise.day')} error={errors('promised_on')}>
              <DateInput name="promised_on" min={today} max={latestDay} defaultValue={latestDay} />
            </Field>
            <Field
              label={t('promise.amount')}
              optional
              hint={t('promise.amount_hint')}
              error={errors('amount_minor')}
            >
              <MoneyInput name="amount_minor" />
            </Field>
          </FieldRow>
          <Field label={t('promise.note')} optional error={errors('note')}>
            <TextInput name="note" autoComplete="off" />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}

export function WithdrawPromiseDialog(props: { subscriberId: string; promiseId: string }) {
  const t = useT('dunning')
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="quiet">
          {t('promise.withdraw')}
        </Button>
      }
      title={t('promise.withdraw_title')}
      lead={t('promise.withdraw_lead')}
      action={addressOf(props.subscriberId)}
      intent="withdraw"
      submit={t('promise.withdraw_submit')}
      submitVariant="danger"
      done={t('promise.withdrawn')}
    >
      {() => <input type="hidden" name="promise_id" value={props.promiseId} />}
    </CommandDialog>
  )
}

export function GraceDialog(props: { subscriberId: string; graceDays: number | null }) {
  const t = useT('dunning')
  return (
    <CommandDialog
      trigger={
        <Button size="small" variant="quiet">
          {t('calendar.change_grace')}
        </Button>
      }
      title={t('grace.title')}
      lead={t('grace.lead')}
      action={addressOf(props.subscriberId)}
      intent="grace"
      submit={t('grace.submit')}
      done={t('grace.done')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="subscriber_id" value={props.subscriberId} />
          <Field
            label={t('grace.days')}
            optional
            hint={t('grace.days_hint')}
            error={errors('grace_days')}
          >
            <TextInput
              name="grace_days"
              inputMode="numeric"
              autoComplete="off"
              className="tabular"
              defaultValue={props.graceDays ?? ''}
            />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}

export function WaiveFeeDialog(props: { subscriberId: string; lateFeeId: string }) {
  const t = useT('dunning')
  return (
    <CommandDialog
      trigger={<Button size="small">{t('fee.waive')}</Button>}
      title={t('fee.waive_title')}
      lead={t('fee.waive_lead')}
      action={addressOf(props.subscriberId)}
      intent="waive"
      submit={t('fee.waive_submit')}
      done={t('fee.waived')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="late_fee_id" value={props.lateFeeId} />
          <Field label={t('fee.reason')} error={errors('reason')}>
            <TextInput name="reason" autoComplete="off" />
          </Field>
        </>
      )}
    </CommandDialog>
  )
}
