import {
  getFormProps,
  getInputProps,
  useForm,
  type FieldMetadata,
  type SubmissionResult,
} from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { Form, useFetcher } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { saveDunningSettings } from '~/commands/save-dunning-settings'
import type { DunningPreview, DunningSettings } from '~/domain/dunning'
import { useT } from '~/i18n/use-t'
import { SubmitButton } from '~/ui/base/button'
import { Card } from '~/ui/base/card'
import { Checkbox, RadioGroup } from '~/ui/base/choices'
import { Field, FieldGroup } from '~/ui/base/field'
import { FieldRow, FormActions, FormSection } from '~/ui/base/form'
import { MoneyInput } from '~/ui/base/money-input'
import { TextArea, TextInput } from '~/ui/base/text-input'
import { FormRefusal } from '~/ui/office/form-refusal'
import { useSavedToast } from '~/ui/office/saved-toast'
import { CalendarPreview } from './calendar-preview'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
const feeStages = ['due', 'warned', 'suspended'] as const
const PREVIEW_PAUSE_MILLISECONDS = 400

/** The calendar of late payers, with what it would do beside it, in sentences. */
export function CalendarForm(props: {
  settings: DunningSettings
  preview: DunningPreview
  reply: SubmissionResult | undefined
}) {
  const { settings, reply } = props
  const t = useT('dunning')
  const [feeKind, setFeeKind] = useState(settings.late_fee_kind)
  const [form, fields] = useForm({
    id: 'dunning-settings',
    lastResult: reply?.status === 'success' ? undefined : reply,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: saveDunningSettings.input }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
    defaultValue: {
      ...settings,
      cut_from: settings.cut_from.slice(0, 5),
      cut_until: settings.cut_until.slice(0, 5),
      no_cut_days: settings.no_cut_days.join('\n'),
      late_fee_bp: settings.late_fee_bp ? String(settings.late_fee_bp / 100) : '',
    },
  })
  useSavedToast(reply, t('form.saved'))
  const { preview, look } = usePreview(props.preview)

  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
      <Form method="post" {...getFormProps(form)} onInput={(event) => look(event.currentTarget)}>
        <FormRefusal errors={form.errors} />
        <Card>
          <FormSection title={t('form.days')} lead={t('form.days_lead')}>
            <FieldRow columns={3}>
              <Count
                unit={t('form.unit_days')}
                field={fields.reminder_days}
                label={t('form.reminder')}
              />
              <Count unit={t('form.unit_days')} field={fields.grace_days} label={t('form.grace')} />
              <Count
                unit={t('form.unit_days')}
                field={fields.warning_days}
                label={t('form.warning')}
              />
              <Count
                unit={t('form.unit_days')}
                field={fields.suspend_days}
                label={t('form.suspend')}
              />
              <Count
                unit={t('form.unit_days')}
                field={fields.uncollectible_days}
                label={t('form.uncollectible')}
              />
            </FieldRow>
            <RadioGroup
              legend={t('form.dunning_on')}
              name="dunning_on"
              defaultValue={settings.dunning_on}
              options={(['invoice', 'account'] as const).map((value) => ({
                value,
                label: t(`form.dunning_on.${value}`),
                hint: t(`form.dunning_on.${value}_hint`),
              }))}
            />
          </FormSection>

          <FormSection title={t('form.cuts')} lead={t('form.cuts_lead')}>
            <FieldGroup legend={t('form.no_cut_weekdays')}>
              <div className="flex flex-wrap gap-x-5 gap-y-1">
                {weekdays.map((day) => (
                  <Checkbox
                    key={day}
                    name="no_cut_weekdays"
                    value={day}
                    defaultChecked={settings.no_cut_weekdays.includes(day)}
                    label={t(`weekday.${day}`)}
                  />
                ))}
              </div>
            </FieldGroup>
            <FieldRow columns={3}>
              <Clock field={fields.cut_from} label={t('form.cut_from')} />
              <Clock field={fields.cut_until} label={t('form.cut_until')} />
              <Field
                label={t('form.threshold')}
                error={fields.suspend_threshold_minor.errors}
                id={fields.suspend_threshold_minor.id}
              >
                <MoneyInput
                  name="suspend_threshold_minor"
                  defaultMinor={settings.suspend_threshold_minor}
                />
              </Field>
            </FieldRow>
            <FieldRow>
              <Field
                label={t('form.no_cut_days')}
                optional
                hint={t('form.no_cut_days_hint')}
                error={fields.no_cut_days.errors}
                id={fields.no_cut_days.id}
              >
                <TextArea
                  {...getInputProps(fields.no_cut_days, { type: 'text' })}
                  key={fields.no_cut_days.key}
                  rows={4}
                  className="tabular"
                />
              </Field>
              <Count
                unit={t('form.unit_hours')}
                field={fields.field_silent_hours}
                label={t('form.silent')}
                hint={t('form.silent_hint')}
              />
            </FieldRow>
          </FormSection>

          <FormSection title={t('form.promises')} lead={t('form.promises_lead')}>
            <FieldRow>
              <Count
                unit={t('form.unit_days')}
                field={fields.promise_days}
                label={t('form.promise_days')}
              />
              <Count
                unit={t('form.unit_times')}
                field={fields.promise_times}
                label={t('form.promise_times')}
              />
            </FieldRow>
          </FormSection>

          <FormSection title={t('form.fees')} lead={t('form.fees_lead')}>
            <RadioGroup
              legend={t('form.fee_kind')}
              name="late_fee_kind"
              value={feeKind}
              onChange={(value) => setFeeKind(value as DunningSettings['late_fee_kind'])}
              options={(['none', 'amount', 'percent'] as const).map((value) => ({
                value,
                label: t(`form.fee_kind.${value}`),
              }))}
            />
            <div hidden={feeKind === 'none'} className="flex flex-col gap-4">
              <FieldRow>
                <div hidden={feeKind !== 'amount'}>
                  <Field
                    label={t('form.fee_amount')}
                    error={fields.late_fee_minor.errors}
                    id={fields.late_fee_minor.id}
                  >
                    <MoneyInput name="late_fee_minor" defaultMinor={settings.late_fee_minor} />
                  </Field>
                </div>
                <div hidden={feeKind !== 'percent'}>
                  <Field
                    label={t('form.fee_percent')}
                    hint={t('form.fee_percent_hint')}
                    error={fields.late_fee_bp.errors}
                    id={fields.late_fee_bp.id}
                  >
                    <TextInput
                      {...getInputProps(fields.late_fee_bp, { type: 'text' })}
                      key={fields.late_fee_bp.key}
                      inputMode="decimal"
                      className="tabular"
                      after="%"
                    />
                  </Field>
                </div>
                <Field
                  label={t('form.fee_cap')}
                  optional
                  error={fields.late_fee_cap_minor.errors}
                  id={fields.late_fee_cap_minor.id}
                >
                  <MoneyInput
                    name="late_fee_cap_minor"
                    defaultMinor={settings.late_fee_cap_minor}
                  />
                </Field>
              </FieldRow>
              <FieldGroup legend={t('form.fee_stages')}>
                <div className="flex flex-wrap gap-x-5 gap-y-1">
                  {feeStages.map((stage) => (
                    <Checkbox
                      key={stage}
                      name="late_fee_stages"
                      value={stage}
                      defaultChecked={settings.late_fee_stages.includes(stage)}
                      label={t(`stage.${stage}`)}
                    />
                  ))}
                </div>
              </FieldGroup>
            </div>
          </FormSection>
        </Card>
        <FormActions>
          <SubmitButton>{t('form.save')}</SubmitButton>
        </FormActions>
      </Form>
      <CalendarPreview preview={preview} />
    </div>
  )
}

/** Asks the database what the calendar would do, a moment after the last change, and keeps the last answer meanwhile. */
function usePreview(first: DunningPreview) {
  const fetcher = useFetcher<{ preview: DunningPreview | null }>()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(waiting.current), [])

  return {
    preview: fetcher.data?.preview ?? first,
    look(form: HTMLFormElement) {
      clearTimeout(waiting.current)
      waiting.current = setTimeout(() => {
        fetcher.submit(form, {
          method: 'get',
          action: '/office/settings/late/preview',
        })
      }, PREVIEW_PAUSE_MILLISECONDS)
    },
  }
}

function Count(props: {
  field: FieldMetadata<number>
  label: string
  unit: string
  hint?: string
}) {
  const { field, label, unit, hint } = props
  return (
    <Field label={label} hint={hint} error={field.errors} id={field.id}>
      <TextInput
        {...getInputProps(field, { type: 'text' })}
        key={field.key}
        inputMode="numeric"
        className="pr-14 tabular"
        after={
          <span className="pointer-events-none absolute right-3 whitespace-nowrap">{unit}</span>
        }
      />
    </Field>
  )
}

function Clock({ field, label }: { field: FieldMetadata<string>; label: string }) {
  return (
    <Field label={label} error={field.errors} id={field.id}>
      <TextInput {...getInputProps(field, { type: 'time' })} key={field.key} />
    </Field>
  )
}
