import {
  getFormProps,
  getInputProps,
  getSelectProps,
  useForm,
  type FieldMetadata,
  type SubmissionResult,
} from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { saveBillingSettings } from '~/commands/save-billing-settings'
import { useT } from '~/i18n/use-t'
import { SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox } from '~/ui/base/choices'
import { Field } from '~/ui/base/field'
import { FieldRow, FormActions, FormSection } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { Select } from '~/ui/base/select'
import { TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useSavedToast } from '~/ui/office/saved-toast'

export type BillingSettings = {
  invoice_day: number
  due_days: number
  bills_while_suspended: boolean
  quiet_from: string
  quiet_until: string
  approval_limit_minor: number | null
  collector_cash_limit_minor: number | null
  collector_unsent_limit: number
  collector_unsent_hours: number
  collector_lock_minutes: number
}

export const billingSettingsColumns =
  'invoice_day, due_days, bills_while_suspended, quiet_from, quiet_until, approval_limit_minor, collector_cash_limit_minor, collector_unsent_limit, collector_unsent_hours, collector_lock_minutes'

const LAST_DAY = 31
const invoiceDays = [...Array.from({ length: 28 }, (_, index) => index + 1), LAST_DAY]

export function BillingSettingsForm(props: {
  settings: BillingSettings
  reply: SubmissionResult | undefined
}) {
  const { settings, reply } = props
  const t = useT('settings')
  const [form, fields] = useForm({
    id: 'billing-settings',
    lastResult: reply?.status === 'success' ? undefined : reply,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: saveBillingSettings.input }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
    defaultValue: {
      ...settings,
      quiet_from: settings.quiet_from.slice(0, 5),
      quiet_until: settings.quiet_until.slice(0, 5),
    },
  })
  useSavedToast(reply, t('saved'))

  return (
    <Form method="post" {...getFormProps(form)}>
      <FormRefusal errors={form.errors} />
      <Card>
        <FormSection title={t('billing.cycle')} lead={t('billing.cycle_lead')}>
          <FieldRow>
            <Field
              label={t('billing.invoice_day')}
              error={fields.invoice_day.errors}
              id={fields.invoice_day.id}
            >
              <Select
                {...getSelectProps(fields.invoice_day)}
                key={fields.invoice_day.key}
                options={invoiceDays.map((day) => ({
                  value: String(day),
                  label: day === LAST_DAY ? t('billing.last_day') : String(day),
                }))}
              />
            </Field>
            <DaysField
              field={fields.due_days}
              label={t('billing.due_days')}
              hint={t('billing.due_days_hint')}
            />
          </FieldRow>
          <Checkbox
            name="bills_while_suspended"
            defaultChecked={settings.bills_while_suspended}
            label={t('billing.while_suspended')}
          />
        </FormSection>
        <FormSection title={t('billing.quiet')} lead={t('billing.quiet_lead')}>
          <FieldRow>
            <Field
              label={t('billing.quiet_from')}
              error={fields.quiet_from.errors}
              id={fields.quiet_from.id}
            >
              <TextInput
                {...getInputProps(fields.quiet_from, { type: 'time' })}
                key={fields.quiet_from.key}
              />
            </Field>
            <Field
              label={t('billing.quiet_until')}
              error={fields.quiet_until.errors}
              id={fields.quiet_until.id}
            >
              <TextInput
                {...getInputProps(fields.quiet_until, { type: 'time' })}
                key={fields.quiet_until.key}
              />
            </Field>
          </FieldRow>
        </FormSection>
        <FormSection title={t('billing.corrections')} lead={t('billing.corrections_lead')}>
          <FieldRow columns={3}>
            <Field
              label={t('billing.approval_limit')}
              hint={t('billing.approval_limit_hint')}
              optional
              error={fields.approval_limit_minor.errors}
              id={fields.approval_limit_minor.id}
            >
              <MoneyInput
                name="approval_limit_minor"
                defaultMinor={settings.approval_limit_minor}
              />
            </Field>
          </FieldRow>
        </FormSection>
        <FormSection title={t('billing.field')} lead={t('billing.field_lead')}>
          <FieldRow columns={3}>
            <Field
              label={t('billing.cash_limit')}
              optional
              error={fields.collector_cash_limit_minor.errors}
              id={fields.collector_cash_limit_minor.id}
            >
              <MoneyInput
                name="collector_cash_limit_minor"
                defaultMinor={settings.collector_cash_limit_minor}
              />
            </Field>
            <DaysField field={fields.collector_unsent_limit} label={t('billing.unsent_limit')} />
            <DaysField field={fields.collector_unsent_hours} label={t('billing.unsent_hours')} />
            <DaysField field={fields.collector_lock_minutes} label={t('billing.lock_minutes')} />
          </FieldRow>
        </FormSection>
      </Card>
      <FormActions>
        <SubmitButton>{t('save')}</SubmitButton>
      </FormActions>
    </Form>
  )
}

function DaysField(props: { field: FieldMetadata<number>; label: ReactNode; hint?: ReactNode }) {
  const { field, label, hint } = props
  return (
    <Field label={label} hint={hint} error={field.errors} id={field.id}>
      <TextInput
        {...getInputProps(field, { type: 'text' })}
        key={field.key}
        inputMode="numeric"
        className="tabular"
      />
    </Field>
  )
}
