import { useForm, type SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { useState } from 'react'
import { saveCharge } from '~/commands/save-charge'
import { useT } from '~/i18n/use-t'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox, RadioGroup } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { FieldRow, FormActions } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { PercentInput } from '~/ui/base/percent-input'
import { Select } from '~/ui/base/select'
import { DateInput, TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useOffice } from '~/ui/office/office-context'
import { ChargeSentence, type Draft, type How } from './charge-sentence'
import type { Service } from '~/domain/subscriber'

const USUAL_COUNT = 3

/** A new charge: first what it is, then only the fields that needs, and all the time what will happen. */
export function ChargeForm(props: {
  id: string
  subscriberId: string
  services: ReadonlyArray<Service>
  reply: SubmissionResult | undefined
  cancelTo: string
}) {
  const { id, subscriberId, services, reply, cancelTo } = props
  const { today } = useOffice()
  const t = useT('charges')
  const [form, fields] = useForm({
    id: 'charge',
    lastResult: reply,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: saveCharge.input }),
    shouldValidate: 'onSubmit',
    shouldRevalidate: 'onInput',
  })
  const [draft, setDraft] = useState<Draft>({
    kind: 'one_time',
    amount: null,
    percent: null,
    how: 'once',
    count: USUAL_COUNT,
    from: today,
    until: '',
    isConditional: false,
  })
  const [measure, setMeasure] = useState('percent')
  const change = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }))
  const { kind, how } = draft
  const isDiscount = kind === 'discount'
  const isPercent = isDiscount && measure === 'percent'
  const billed = services.filter(
    ({ billing_mode, state }) => billing_mode === 'postpaid' && state !== 'terminated',
  )

  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate className="max-w-2xl">
      <FormRefusal errors={form.errors} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="subscriber_id" value={subscriberId} />
      <Card>
        <div className="flex flex-col gap-4">
          <RadioGroup
            legend={t('form.kind')}
            name="kind"
            look="cards"
            columns={3}
            value={kind}
            onChange={(value) =>
              change({
                kind: value as Draft['kind'],
                how: value === 'one_time' || how !== 'parts' ? how : 'once',
                amount: null,
                percent: null,
                isConditional: false,
              })
            }
            options={(['one_time', 'discount', 'deposit'] as const).map((value) => ({
              value,
              label: value === 'deposit' ? t('form.deposit') : t(`kind.${value}`),
              hint: t(`kind.${value}_hint`),
            }))}
          />
          <Field
            label={t('form.description')}
            hint={kind === 'deposit' ? undefined : t('form.description_hint')}
            error={fields.description.errors}
          >
            <TextInput name="description" autoComplete="off" maxLength={300} />
          </Field>
          <FieldRow columns={isDiscount ? 3 : 2}>
            {isDiscount ? (
              <Field label={t('form.measure')}>
                <Select
                  value={measure}
                  onChange={(event) => {
                    setMeasure(event.target.value)
                    change({ amount: null, percent: null })
                  }}
                  options={(['percent', 'amount'] as const).map((value) => ({
                    value,
                    label: t(`form.measure.${value}`),
                  }))}
                />
              </Field>
            ) : null}
            {isPercent ? (
              <Field
                key="percent"
                label={t('form.percent')}
                hint={t('form.percent_hint')}
                error={fields.percent_bp.errors ?? fields.amount_minor.errors}
              >
                <PercentInput
                  name="percent_bp"
                  refusal={t('form.percent_bad')}
                  onBasisPoints={(percent) => change({ percent })}
                />
              </Field>
            ) : (
              <Field
                key={`amount-${kind}`}
                label={t(amountLabel(isDiscount, kind === 'deposit' ? 'once' : how))}
                error={fields.amount_minor.errors}
              >
                <MoneyInput name="amount_minor" onMinor={(amount) => change({ amount })} />
              </Field>
            )}
            {kind === 'deposit' ? null : (
              <Field label={t('form.how')}>
                <Select
                  value={how}
                  onChange={(event) => change({ how: event.target.value as How })}
                  options={(isDiscount
                    ? (['once', 'times', 'always'] as const)
                    : (['once', 'parts', 'times', 'always'] as const)
                  ).map((value) => ({ value, label: t(`form.how.${value}`) }))}
                />
              </Field>
            )}
          </FieldRow>
          <FieldRow columns={3}>
            {kind !== 'deposit' && (how === 'parts' || how === 'times') ? (
              <Field
                label={t(how === 'parts' ? 'form.parts' : 'form.times')}
                error={fields[how].errors}
              >
                <TextInput
                  name={how}
                  inputMode="numeric"
                  autoComplete="off"
                  defaultValue={USUAL_COUNT}
                  onChange={(event) => change({ count: Number(event.target.value) })}
                />
              </Field>
            ) : null}
            <Field label={t('form.starts_on')} error={fields.starts_on.errors}>
              <DateInput
                name="starts_on"
                defaultValue={today}
                onChange={(event) => change({ from: event.target.value })}
              />
            </Field>
            {kind !== 'deposit' && how === 'always' ? (
              <Field
                label={t('form.until_on')}
                hint={t('form.until_hint')}
                error={fields.until_on.errors}
                optional
              >
                <DateInput
                  name="until_on"
                  onChange={(event) => change({ until: event.target.value })}
                />
              </Field>
            ) : null}
          </FieldRow>
          {how === 'always' && kind !== 'deposit' ? (
            <input type="hidden" name="times" value="0" />
          ) : null}
          {isDiscount ? (
            <>
              {billed.length > 1 ? (
                <Field label={t('form.service')} error={fields.subscription_id.errors}>
                  <Select
                    name="subscription_id"
                    options={[
                      { value: '', label: t('form.service_all') },
                      ...billed.map((service) => ({
                        value: service.id,
                        label: service.label
                          ? `${service.plan_name} · ${service.label}`
                          : service.plan_name,
                      })),
                    ]}
                  />
                </Field>
              ) : null}
              <Checkbox
                name="is_conditional"
                label={t('form.conditional')}
                hint={t('form.conditional_hint')}
                checked={draft.isConditional}
                onChange={(event) => change({ isConditional: event.target.checked })}
              />
            </>
          ) : null}
          <ChargeSentence draft={draft} />
        </div>
      </Card>
      <FormActions>
        <LinkButton variant="quiet" to={cancelTo}>
          {t('form.cancel')}
        </LinkButton>
        <SubmitButton>{t('form.save')}</SubmitButton>
      </FormActions>
    </Form>
  )
}

function amountLabel(isDiscount: boolean, how: How) {
  if (isDiscount) return 'form.amount_less'
  if (how === 'parts') return 'form.amount_sum'
  return how === 'once' ? 'form.amount' : 'form.amount_each'
}
