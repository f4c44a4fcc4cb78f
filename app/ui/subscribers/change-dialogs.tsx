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
import { CommandDialog } from '~/ui/office/command-dialog'
import { useOffice } from '~/ui/office/office-context'
import type { Plan } from '~/domain/plan'
import { QuotedFields } from './change-quote'

type Target = { subscriberId: string; serviceId: string; trigger: ReactNode }

const addressOf = (subscriberId: string) => `/office/subscribers/${subscriberId}/services`
const homeOf = ({ subscriberId, serviceId }: Target) => `${addressOf(subscriberId)}/${serviceId}`

export function ChangePlanDialog(props: Target & { plans: ReadonlyArray<Plan>; planId: string }) {
  const { subscriberId, serviceId, trigger, plans, planId } = props
  const { currency } = useOffice()
  const t = useT('subscribers')
  return (
    <CommandDialog
      size="medium"
      trigger={trigger}
      title={t('plan.title')}
      lead={t('plan.lead')}
      action={addressOf(subscriberId)}
      intent="change_plan"
      submit={t('plan.submit')}
      done={t('plan.done')}
    >
      {(errors) => (
        <QuotedFields kind="plan" home={homeOf(props)} serviceId={serviceId} needs={['plan_id']}>
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
        </QuotedFields>
      )}
    </CommandDialog>
  )
}

export function CancelPlanChangeDialog(props: Target) {
  const t = useT('subscribers')
  return (
    <CommandDialog
      size="medium"
      trigger={props.trigger}
      title={t('plan.cancel_title')}
      lead={t('plan.cancel_lead')}
      action={addressOf(props.subscriberId)}
      intent="cancel_plan_change"
      submit={t('plan.cancel_submit')}
      done={t('plan.cancel_done')}
    >
      {() => (
        <QuotedFields kind="plan_cancelled" home={homeOf(props)} serviceId={props.serviceId}>
          {null}
        </QuotedFields>
      )}
    </CommandDialog>
  )
}

export function PauseDialog(props: Target) {
  const { today } = useOffice()
  const t = useT('subscribers')
  return (
    <CommandDialog
      size="medium"
      trigger={props.trigger}
      title={t('pause.title')}
      lead={t('pause.lead')}
      action={addressOf(props.subscriberId)}
      intent="pause"
      submit={t('pause.submit')}
      done={t('pause.done')}
    >
      {(errors) => (
        <QuotedFields
          kind="pause"
          home={homeOf(props)}
          serviceId={props.serviceId}
          needs={['from_on']}
        >
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
        </QuotedFields>
      )}
    </CommandDialog>
  )
}

export function EndPauseDialog(props: Target & { pauseId: string; day: string }) {
  const t = useT('subscribers')
  return (
    <CommandDialog
      size="medium"
      trigger={props.trigger}
      title={t('pause.end_title')}
      lead={t('pause.end_lead')}
      action={addressOf(props.subscriberId)}
      intent="end_pause"
      submit={t('pause.end_submit')}
      done={t('pause.end_done')}
    >
      {(errors) => (
        <QuotedFields
          kind="pause_ended"
          home={homeOf(props)}
          serviceId={props.serviceId}
          needs={['on_day']}
        >
          <input type="hidden" name="pause_id" value={props.pauseId} />
          <Field label={t('pause.until')} error={errors('on_day')}>
            <DateInput name="on_day" defaultValue={props.day} />
          </Field>
        </QuotedFields>
      )}
    </CommandDialog>
  )
}

export function EndServiceDialog(props: Target & { planName: string; isPostpaid: boolean }) {
  const { today } = useOffice()
  const t = useT('subscribers')
  return (
    <CommandDialog
      size="medium"
      trigger={props.trigger}
      title={t('service.end_title', { plan: props.planName })}
      lead={t(props.isPostpaid ? 'service.end_lead_postpaid' : 'service.end_lead')}
      action={addressOf(props.subscriberId)}
      intent="terminate"
      submit={t('service.end_submit')}
      submitVariant="danger"
      done={t('service.end_done')}
    >
      {(errors) => (
        <QuotedFields
          kind="ended"
          home={homeOf(props)}
          serviceId={props.serviceId}
          needs={['on_day']}
        >
          <Field label={t('service.end_day')} error={errors('on_day')}>
            <DateInput name="on_day" defaultValue={today} />
          </Field>
          <Field label={t('hold.reason')} error={errors('reason')}>
            <TextInput name="reason" autoComplete="off" />
          </Field>
        </QuotedFields>
      )}
    </CommandDialog>
  )
}

export function ReturnDialog(
  props: Target & { plans: ReadonlyArray<Plan>; planId: string; day: string },
) {
  const { currency } = useOffice()
  const t = useT('subscribers')
  return (
    <CommandDialog
      size="medium"
      trigger={props.trigger}
      title={t('return.title')}
      lead={t('return.lead')}
      action={addressOf(props.subscriberId)}
      intent="reactivate"
      submit={t('return.submit')}
      done={t('return.done')}
    >
      {(errors) => (
        <QuotedFields
          kind="returned"
          home={homeOf(props)}
          serviceId={props.serviceId}
          needs={['on_day', 'plan_id']}
        >
          <Field label={t('service.start')} error={errors('on_day')}>
            <DateInput name="on_day" defaultValue={props.day} />
          </Field>
          <Field label={t('column.plan')} error={errors('plan_id')}>
            <Select
              name="plan_id"
              defaultValue={props.planId}
              options={props.plans.map((plan) => ({
                value: plan.id,
                label: `${plan.name} · ${formatMoney(plan.price_minor ?? 0, currency)}`,
              }))}
            />
          </Field>
        </QuotedFields>
      )}
    </CommandDialog>
  )
}

export function BillDayDialog(props: Omit<Target, 'trigger'> & { billDay: string }) {
  const t = useT('subscribers')
  const trigger = <Button size="small">{t('bill_day.change')}</Button>
  return (
    <CommandDialog
      size="medium"
      trigger={trigger}
      title={t('bill_day.title')}
      lead={t('bill_day.lead')}
      action={addressOf(props.subscriberId)}
      intent="bill_day"
      submit={t('bill_day.submit')}
      done={t('bill_day.done')}
    >
      {(errors) => (
        <QuotedFields
          kind="bill_day"
          home={homeOf({ ...props, trigger })}
          serviceId={props.serviceId}
          needs={['bill_day']}
        >
          <Field label={t('bill_day')} hint={t('bill_day.hint')} error={errors('bill_day')}>
            <BillDaySelect defaultValue={props.billDay} />
          </Field>
        </QuotedFields>
      )}
    </CommandDialog>
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
