import type { ReactNode } from 'react'
import { BILL_DAYS } from '~/domain/service-change'
import { addMonths } from '~/domain/calendar'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { Button } from '~/ui/base/button'
import { Field } from '~/ui/base/field'
import { FieldRow } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { Select } from '~/ui/base/select'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { DepositAtEnd } from '~/ui/charges/give-deposit'
import { useCorrectionWords } from '~/ui/corrections/words'
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import type { Plan } from '~/domain/plan'
import { QuotedFields } from './change-quote'

export type Target = { subscriberId: string; serviceId: string; trigger: ReactNode }

type Command = Parameters<typeof CommandDialog>[0]

/** One change of a service, with what it would do below its fields where it has a kind to ask for. */
export function ChangeDialog(
  props: Target &
    Pick<Command, 'title' | 'lead' | 'intent' | 'submit' | 'submitVariant' | 'done' | 'children'> &
    Pick<Parameters<typeof QuotedFields>[0], 'kind' | 'needs'>,
) {
  const { subscriberId, serviceId, kind, needs, children, ...command } = props
  const action = `/office/subscribers/${subscriberId}/services`
  return (
    <CommandDialog size="medium" action={action} {...command}>
      {(errors) => (
        <QuotedFields
          kind={kind}
          home={`${action}/${serviceId}`}
          serviceId={serviceId}
          needs={needs}
        >
          {children?.(errors)}
        </QuotedFields>
      )}
    </CommandDialog>
  )
}

export function ChangePlanDialog(props: Target & { plans: ReadonlyArray<Plan>; planId: string }) {
  const { plans, planId, ...target } = props
  const { currency } = useOffice()
  const t = useT('subscribers')
  return (
    <ChangeDialog
      {...target}
      title={t('plan.title')}
      lead={t('plan.lead')}
      intent="change_plan"
      kind="plan"
      needs={['plan_id']}
      submit={t('plan.submit')}
      done={t('plan.done')}
    >
      {(errors) => (
        <>
          <Field label={t('plan.new')} error={errors('plan_id')}>
            <Select
              name="plan_id"
              defaultValue=""
              placeholder={t('service.choose_plan')}
              options={plans.map((plan) => ({
                value: plan.id,
                label: `${plan.name} · ${formatMoney(plan.price_minor ?? 0, currency)}${plan.id === planId ? ` · ${t('plan.now')}` : ''}`,
                disabled: plan.price_minor === null,
              }))}
            />
          </Field>
          <FieldRow>
            <Field
              label={t('plan.day')}
              optional
              hint={t('plan.day_hint')}
              error={errors('on_day')}
            >
              <DateInput name="on_day" />
            </Field>
            <Field
              label={t('service.own_price')}
              optional
              hint={t('service.own_price_hint')}
              error={errors('price_minor')}
            >
              <MoneyInput name="price_minor" />
            </Field>
          </FieldRow>
        </>
      )}
    </ChangeDialog>
  )
}

export function CancelPlanChangeDialog(target: Target) {
  const t = useT('subscribers')
  return (
    <ChangeDialog
      {...target}
      title={t('plan.cancel_title')}
      lead={t('plan.cancel_lead')}
      intent="cancel_plan_change"
      kind="plan_cancelled"
      submit={t('plan.cancel_submit')}
      done={t('plan.cancel_done')}
    />
  )
}

export function PauseDialog(target: Target) {
  const { today } = useOffice()
  const t = useT('subscribers')
  return (
    <ChangeDialog
      {...target}
      title={t('pause.title')}
      lead={t('pause.lead')}
      intent="pause"
      kind="pause"
      needs={['from_on']}
      submit={t('pause.submit')}
      done={t('pause.done')}
    >
      {(errors) => (
        <>
          <FieldRow>
            <Field label={t('pause.from')} error={errors('from_on')}>
              <DateInput name="from_on" defaultValue={today} />
            </Field>
            <Field
              label={t('pause.until')}
              optional
              hint={t('pause.until_hint')}
              error={errors('until_on')}
            >
              <DateInput name="until_on" defaultValue={addMonths(today, 1)} />
            </Field>
          </FieldRow>
          <FieldRow>
            <Field label={t('pause.fee')} optional error={errors('fee_minor')}>
              <MoneyInput name="fee_minor" />
            </Field>
            <Field label={t('hold.reason')} optional error={errors('reason')}>
              <TextInput name="reason" autoComplete="off" />
            </Field>
          </FieldRow>
        </>
      )}
    </ChangeDialog>
  )
}

export function EndPauseDialog(props: Target & { pauseId: string; day: string }) {
  const { pauseId, day, ...target } = props
  const t = useT('subscribers')
  return (
    <ChangeDialog
      {...target}
      title={t('pause.end_title')}
      lead={t('pause.end_lead')}
      intent="end_pause"
      kind="pause_ended"
      needs={['on_day']}
      submit={t('pause.end_submit')}
      done={t('pause.end_done')}
    >
      {(errors) => (
        <>
          <input type="hidden" name="pause_id" value={pauseId} />
          <Field label={t('pause.until')} error={errors('on_day')}>
            <DateInput name="on_day" defaultValue={day} />
          </Field>
        </>
      )}
    </ChangeDialog>
  )
}

export function EndServiceDialog(
  props: Target & {
    planName: string
    isPostpaid: boolean
    deposit: Parameters<typeof DepositAtEnd>[0]['deposit'] | null
  },
) {
  const { planName, isPostpaid, deposit, ...target } = props
  const { saidOf } = useCorrectionWords()
  const { today } = useOffice()
  const t = useT('subscribers')
  return (
    <ChangeDialog
      {...target}
      title={t('service.end_title', { plan: planName })}
      lead={t(isPostpaid ? 'service.end_lead_postpaid' : 'service.end_lead')}
      intent="terminate"
      kind="ended"
      needs={['on_day']}
      submit={t('service.end_submit')}
      submitVariant="danger"
      done={(answer) =>
        [t('service.end_done'), answer.outcome === 'waiting' ? saidOf('')(answer) : '']
          .filter(Boolean)
          .join(' ')
      }
    >
      {(errors) => (
        <>
          <Field label={t('service.end_day')} error={errors('on_day')}>
            <DateInput name="on_day" defaultValue={today} />
          </Field>
          <Field label={t('hold.reason')} error={errors('reason')}>
            <TextInput name="reason" autoComplete="off" />
          </Field>
          {deposit && deposit.heldMinor > 0 ? (
            <DepositAtEnd deposit={deposit} errors={errors} />
          ) : null}
        </>
      )}
    </ChangeDialog>
  )
}

export function ReturnDialog(
  props: Target & { plans: ReadonlyArray<Plan>; planId: string; day: string },
) {
  const { plans, planId, day, ...target } = props
  const { currency } = useOffice()
  const t = useT('subscribers')
  return (
    <ChangeDialog
      {...target}
      title={t('return.title')}
      lead={t('return.lead')}
      intent="reactivate"
      kind="returned"
      needs={['on_day', 'plan_id']}
      submit={t('return.submit')}
      done={t('return.done')}
    >
      {(errors) => (
        <>
          <Field label={t('service.start')} error={errors('on_day')}>
            <DateInput name="on_day" defaultValue={day} />
          </Field>
          <Field label={t('column.plan')} error={errors('plan_id')}>
            <Select
              name="plan_id"
              defaultValue={planId}
              options={plans.map((plan) => ({
                value: plan.id,
                label: `${plan.name} · ${formatMoney(plan.price_minor ?? 0, currency)}`,
              }))}
            />
          </Field>
        </>
      )}
    </ChangeDialog>
  )
}

export function BillDayDialog(props: Omit<Target, 'trigger'> & { billDay: string }) {
  const { billDay, ...target } = props
  const t = useT('subscribers')
  return (
    <ChangeDialog
      {...target}
      trigger={<Button size="small">{t('bill_day.change')}</Button>}
      title={t('bill_day.title')}
      lead={t('bill_day.lead')}
      intent="bill_day"
      kind="bill_day"
      needs={['bill_day']}
      submit={t('bill_day.submit')}
      done={t('bill_day.done')}
    >
      {(errors) => (
        <Field label={t('bill_day')} hint={t('bill_day.hint')} error={errors('bill_day')}>
          <BillDaySelect defaultValue={billDay} />
        </Field>
      )}
    </ChangeDialog>
  )
}

/** The bill days a service can have: the ISP’s, its own first day, a day every month has, or the last. */
export function BillDaySelect(props: { defaultValue: string }) {
  const t = useT('subscribers')
  return (
    <Select
      name="bill_day"
      defaultValue={props.defaultValue}
      options={BILL_DAYS.map((day) => ({
        value: day,
        label:
          day === 'isp' || day === 'anniversary' || day === 'last'
            ? t(`bill_day.${day}`)
            : t('bill_day.day', { day }),
      }))}
    />
  )
}
