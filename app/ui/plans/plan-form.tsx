import {
  getFormProps,
  getInputProps,
  getSelectProps,
  useForm,
  type SubmissionResult,
} from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import { savePlan } from '~/commands/save-plan'
import { useT } from '~/i18n/use-t'
import { LinkButton, SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox, RadioGroup } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { FieldRow, FormActions } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import type { Plan } from '~/domain/plan'

const USUAL_PREPAID_DAYS = 30

/** A new plan, or the one given. The mode of a plan never changes, so it is only asked once. */
export function PlanForm(props: { id: string; plan?: Plan; reply: SubmissionResult | undefined }) {
  const { id, plan, reply } = props
  const t = useT('catalog')
  const [form, fields] = useForm({
    id: 'plan',
    lastResult: reply,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: savePlan.input }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
    defaultValue: plan ?? {
      billing_mode: 'postpaid',
      prepaid_days: USUAL_PREPAID_DAYS,
      vat_class: 'vatable',
    },
  })
  const isPrepaid = fields.billing_mode.value === 'prepaid'

  return (
    <Form method="post" {...getFormProps(form)} className="max-w-2xl">
      <FormRefusal errors={form.errors} />
      <input type="hidden" name="id" value={id} />
      <Card>
        <div className="flex flex-col gap-4">
          <Field
            label={t('name')}
            hint={t('name_hint')}
            error={fields.name.errors}
            id={fields.name.id}
          >
            <TextInput
              {...getInputProps(fields.name, { type: 'text' })}
              key={fields.name.key}
              autoComplete="off"
            />
          </Field>
          {plan ? (
            <input type="hidden" name="billing_mode" value={plan.billing_mode} />
          ) : (
            <RadioGroup
              legend={t('mode')}
              name="billing_mode"
              look="cards"
              defaultValue={fields.billing_mode.initialValue ?? 'postpaid'}
              options={[
                { value: 'postpaid', label: t('mode.postpaid'), hint: t('postpaid_hint') },
                { value: 'prepaid', label: t('mode.prepaid'), hint: t('prepaid_hint') },
              ]}
            />
          )}
          <FieldRow>
            <Field
              label={plan ? t('price_now') : t('price')}
              hint={plan ? t('price_change_hint') : t('price_hint')}
              error={fields.price_minor.errors}
              id={fields.price_minor.id}
            >
              <MoneyInput name="price_minor" defaultMinor={plan?.price_minor} />
            </Field>
            {isPrepaid ? (
              plan ? (
                <input type="hidden" name="prepaid_days" value={plan.prepaid_days ?? ''} />
              ) : (
                <Field
                  label={t('prepaid_days')}
                  error={fields.prepaid_days.errors}
                  id={fields.prepaid_days.id}
                >
                  <TextInput
                    {...getInputProps(fields.prepaid_days, { type: 'text' })}
                    key={fields.prepaid_days.key}
                    inputMode="numeric"
                    className="tabular"
                  />
                </Field>
              )
            ) : null}
          </FieldRow>
          <FieldRow>
            <Field label={t('down')} error={fields.down_mbps.errors} id={fields.down_mbps.id}>
              <TextInput
                {...getInputProps(fields.down_mbps, { type: 'text' })}
                key={fields.down_mbps.key}
                inputMode="numeric"
                className="tabular"
              />
            </Field>
            <Field label={t('up')} error={fields.up_mbps.errors} id={fields.up_mbps.id}>
              <TextInput
                {...getInputProps(fields.up_mbps, { type: 'text' })}
                key={fields.up_mbps.key}
                inputMode="numeric"
                className="tabular"
              />
            </Field>
          </FieldRow>
          <Field
            label={t('vat')}
            hint={t('vat_hint')}
            error={fields.vat_class.errors}
            id={fields.vat_class.id}
            className="sm:max-w-64"
          >
            <Select
              {...getSelectProps(fields.vat_class)}
              key={fields.vat_class.key}
              options={(['vatable', 'exempt', 'zero_rated'] as const).map((kind) => ({
                value: kind,
                label: t(`vat.${kind}`),
              }))}
            />
          </Field>
          <Checkbox
            name="is_active"
            defaultChecked={plan?.is_active ?? true}
            label={t('on_offer')}
            hint={t('on_offer_hint')}
          />
        </div>
      </Card>
      <FormActions>
        <LinkButton variant="quiet" to="/office/settings/plans">
          {t('cancel')}
        </LinkButton>
        <SubmitButton>{plan ? t('save') : t('create')}</SubmitButton>
      </FormActions>
    </Form>
  )
}
