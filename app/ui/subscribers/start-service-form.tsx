import {
  getFormProps,
  getInputProps,
  getSelectProps,
  useForm,
  type SubmissionResult,
} from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { useState } from 'react'
import { startSubscription } from '~/commands/start-subscription'
import { formatMoney } from '~/i18n/format'
import { useT } from '~/i18n/use-t'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { FieldRow, FormActions } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { Select } from '~/ui/base/select'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useOffice } from '~/ui/office/office-context'
import type { Plan } from '~/domain/plan'
import { BillDaySelect } from './change-dialogs'

export function StartServiceForm(props: {
  id: string
  subscriberId: string
  plans: ReadonlyArray<Plan>
  reply: SubmissionResult | undefined
  cancelTo: string
}) {
  const { id, subscriberId, plans, reply, cancelTo } = props
  const { today, currency } = useOffice()
  const t = useT('subscribers')
  const [form, fields] = useForm({
    id: 'service',
    lastResult: reply,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: startSubscription.input }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
    defaultValue: { activated_on: today, plan_id: plans.length === 1 ? plans[0]?.id : undefined },
  })
  const plan = plans.find((one) => one.id === fields.plan_id.value)
  const [isWanted, setWanted] = useState(false)
  // Prepaid time begins when it is bought, so there is nothing to activate.
  const waits = isWanted && plan?.billing_mode === 'postpaid'

  return (
    <Form method="post" {...getFormProps(form)} className="max-w-2xl">
      <FormRefusal errors={form.errors} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="subscriber_id" value={subscriberId} />
      <Card>
        <div className="flex flex-col gap-4">
          <Field
            label={t('column.plan')}
            error={fields.plan_id.errors}
            id={fields.plan_id.id}
            hint={plan ? <WhatFollows plan={plan} /> : undefined}
          >
            <Select
              {...getSelectProps(fields.plan_id)}
              key={fields.plan_id.key}
              placeholder={t('service.choose_plan')}
              options={plans.map((one) => ({
                value: one.id,
                label: `${one.name} · ${formatMoney(one.price_minor ?? 0, currency)}`,
                disabled: one.price_minor === null,
              }))}
            />
          </Field>
          {plan?.billing_mode === 'postpaid' ? (
            <Checkbox
              name="waits"
              label={t('service.waits')}
              hint={t('service.waits_hint')}
              checked={isWanted}
              onChange={(event) => setWanted(event.target.checked)}
            />
          ) : null}
          <FieldRow>
            {waits ? null : (
              <Field
                label={t('service.start')}
                error={fields.activated_on.errors}
                id={fields.activated_on.id}
              >
                <DateInput
                  {...getInputProps(fields.activated_on, { type: 'date' })}
                  key={fields.activated_on.key}
                />
              </Field>
            )}
            <Field
              label={t('service.own_price')}
              optional
              hint={t('service.own_price_hint')}
              error={fields.price_minor.errors}
              id={fields.price_minor.id}
            >
              <MoneyInput name="price_minor" />
            </Field>
            <Field
              label={t('service.label')}
              optional
              hint={t('service.label_hint')}
              error={fields.label.errors}
              id={fields.label.id}
            >
              <TextInput
                {...getInputProps(fields.label, { type: 'text' })}
                key={fields.label.key}
                autoComplete="off"
              />
            </Field>
            {plan?.billing_mode === 'postpaid' ? (
              <Field
                label={t('bill_day')}
                hint={t('bill_day.hint')}
                error={fields.bill_day.errors}
                id={fields.bill_day.id}
              >
                <BillDaySelect defaultValue="isp" />
              </Field>
            ) : null}
            <Field
              label={t('service.installation')}
              optional
              hint={t('service.installation_hint')}
              error={fields.installation_fee_minor.errors}
              id={fields.installation_fee_minor.id}
            >
              <MoneyInput name="installation_fee_minor" />
            </Field>
          </FieldRow>
        </div>
      </Card>
      <FormActions>
        <LinkButton variant="quiet" to={cancelTo}>
          {t('form.cancel')}
        </LinkButton>
        <SubmitButton>{t(waits ? 'service.sell_submit' : 'service.start_submit')}</SubmitButton>
      </FormActions>
    </Form>
  )
}

function WhatFollows({ plan }: { plan: Plan }) {
  const { currency } = useOffice()
  const t = useT('subscribers')
  const price = formatMoney(plan.price_minor ?? 0, currency)
  if (plan.billing_mode === 'prepaid') {
    return (
      <>
        {t('service.prepaid_follows', {
          price,
          count: plan.prepaid_days ?? 0,
        })}
      </>
    )
  }
  return <>{t('service.postpaid_follows', { price })}</>
}
